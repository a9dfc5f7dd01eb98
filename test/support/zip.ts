import { crc32, deflateRawSync } from 'node:zlib';

/** What a test may get wrong on purpose. */
export interface ZipFaults {
  /** The unpacked size to declare, in place of the true one. */
  readonly declaredSize?: number;
  readonly encrypted?: true;
}

/** A zip file of these files by name. */
export function zipOf(files: Readonly<Record<string, string | Buffer>>, faults: ZipFaults = {}): Uint8Array {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content);
    const header = headerOf(name, content, packed.length, faults);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), header, Buffer.from(name), packed]);
    const ending = Buffer.alloc(14);
    ending.writeUInt32LE(offset, 10);
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), header, ending, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  return Buffer.concat([...locals, ...entries, endOf(entries, offset)]);
}

function headerOf(name: string, content: string | Buffer, packed: number, faults: ZipFaults): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(0x800 | (faults.encrypted ? 1 : 0), 2);
  header.writeUInt16LE(8, 4);
  header.writeUInt32LE(crc32(content), 10);
  header.writeUInt32LE(packed, 14);
  header.writeUInt32LE(faults.declaredSize ?? Buffer.byteLength(content), 18);
  header.writeUInt16LE(Buffer.byteLength(name), 22);
  return header;
}

function endOf(entries: readonly Buffer[], offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(entries).length, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
