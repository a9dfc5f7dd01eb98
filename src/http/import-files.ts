import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Problem } from '../domain/problem.ts';
import type { SentFile } from '../operations/import-documents.ts';

/** The most documents of one request. */
export const mostFiles = 50;

/** Bodies are documents: bytes of any media type, or several files in a form. */
export async function acceptDocuments(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, body, done) => done(null, body));
  await app.register(multipart, { limits: { files: mostFiles }, throwFileSizeLimit: false });
}

/**
 * The documents of a request, all of them before anything is done with one. An empty one among others is none the less
 * a document, and answered as one that cannot be read.
 *
 * @throws Problem `request-invalid`, `body-too-large`, `too-many-documents`, `multipart-malformed`.
 */
export async function sentFiles(request: FastifyRequest, filename: string | undefined): Promise<SentFile[]> {
  const files = request.isMultipart() ? await filesOfForm(request) : [await onlyFile(request, filename)];
  if (files.some(({ bytes }) => bytes.length > 0)) return files;
  throw new Problem('request-invalid', { faults: [{ pointer: '', detail: empty }] });
}

const empty = { 'zh-CN': '没有文件，或文件是空的。', en: 'There is no document, or nothing in it.' };

async function onlyFile({ body, headers, routeOptions }: FastifyRequest, name = ''): Promise<SentFile> {
  const mediaType = headers['content-type'];
  const stream = body instanceof Readable ? body : Readable.from([]);
  const gathered = await gather(stream, routeOptions.bodyLimit, routeOptions.bodyLimit);
  return { name, ...(mediaType !== undefined && { mediaType }), ...gathered };
}

async function filesOfForm(request: FastifyRequest): Promise<SentFile[]> {
  const limit = request.routeOptions.bodyLimit;
  const files: SentFile[] = [];
  let left = limit;
  try {
    for await (const part of request.parts({ limits: { fileSize: limit + 1 } })) {
      if (part.type === 'field') throw unknownField(part.fieldname);
      const gathered = await gather(part.file, left, limit);
      left -= gathered.bytes.length;
      files.push({ name: nameOf(part), mediaType: part.mimetype, ...gathered });
    }
  } catch (error) {
    throw problemOfForm(error as NodeJS.ErrnoException);
  }
  return files;
}

/** The most characters kept of a file's name. */
const nameLength = 255;

/** A part that says it is bytes is a file even without a name, whatever its type says. */
function nameOf({ filename }: { readonly filename?: string }): string {
  return (filename ?? '').slice(0, nameLength);
}

/** After how many bytes others get their turn. */
const turnBytes = 1_048_576;

/**
 * The bytes of a stream in one piece, and their SHA-256. Hashed and put together bit by bit: a large body in one go
 * holds up whatever else there is to answer for a tenth of a second.
 *
 * @throws Problem `body-too-large` as soon as there are more than `most`.
 */
async function gather(stream: Readable, most: number, limit: number): Promise<Pick<SentFile, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  let length = 0;
  // The rest of what is refused is read away by the server; a stream that is destroyed could not be answered.
  for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) throw new Problem('body-too-large', { params: { limit } });
    hash.update(chunk);
    chunks.push(chunk);
  }
  const bytes = Buffer.allocUnsafeSlow(length);
  let place = 0;
  for (const chunk of chunks) {
    if (place % turnBytes > (place + chunk.length) % turnBytes) await setImmediate();
    place += chunk.copy(bytes, place);
  }
  return { bytes, sha256: hash.digest('hex') };
}

function unknownField(name: string): Problem {
  const detail = {
    'zh-CN': '表单中只能有文件；其他要求写在地址的参数里。',
    en: 'The form may hold files only; everything else is said in the address.',
  };
  return new Problem('request-invalid', { faults: [{ pointer: `/${name}`, detail }] });
}

function problemOfForm(error: NodeJS.ErrnoException): Problem {
  if (error instanceof Problem) return error;
  if (error.code === 'FST_FILES_LIMIT') return new Problem('too-many-documents', { params: { limit: mostFiles } });
  return new Problem('multipart-malformed', { params: { reason: error.message }, cause: error });
}
