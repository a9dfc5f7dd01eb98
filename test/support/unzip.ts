import { fromBuffer } from 'yauzl';

/** The text of every file in an archive, by name. */
export async function unzipped(bytes: Uint8Array): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, archive) => {
      if (error) return reject(error);
      archive.on('error', reject);
      archive.on('end', () => resolve(files));
      archive.on('entry', (entry: { fileName: string }) => {
        archive.openReadStream(entry as never, (fault, stream) => {
          if (fault) return reject(fault);
          stream
            .toArray()
            .then((chunks: Buffer[]) => files.set(entry.fileName, Buffer.concat(chunks).toString()))
            .then(() => archive.readEntry(), reject);
        });
      });
      archive.readEntry();
    });
  });
}
