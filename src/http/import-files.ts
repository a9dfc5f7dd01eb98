import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../domain/problem.ts';

/** A document as it was sent. */
export interface SentFile {
  readonly name: string;
  readonly mediaType?: string;
  readonly bytes: Uint8Array;
}

/** The most documents of one request. */
export const mostFiles = 50;

/** Bodies are documents: bytes of any media type, or several files in a form. */
export async function acceptDocuments(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  await app.register(multipart, { limits: { files: mostFiles, headerPairs: 20 }, throwFileSizeLimit: false });
}

/**
 * The documents of a request, all of them before anything is done with one.
 *
 * @throws Problem `request-invalid`, `body-too-large`, `too-many-documents`, `multipart-malformed`.
 */
export async function sentFiles(request: FastifyRequest, filename: string | undefined): Promise<SentFile[]> {
  const files = request.isMultipart() ? await filesOfForm(request) : [onlyFile(request, filename)];
  if (files.every(({ bytes }) => bytes.length > 0) && files.length > 0) return files;
  throw new Problem('request-invalid', { faults: [{ pointer: '', detail: empty }] });
}

const empty = { 'zh-CN': '没有文件，或文件是空的。', en: 'There is no document, or an empty one.' };

function onlyFile({ body, headers }: FastifyRequest, name = ''): SentFile {
  const mediaType = headers['content-type'];
  return { name, ...(mediaType !== undefined && { mediaType }), bytes: (body as Buffer | undefined) ?? Buffer.of() };
}

async function filesOfForm(request: FastifyRequest): Promise<SentFile[]> {
  const limit = request.routeOptions.bodyLimit;
  const files: SentFile[] = [];
  let left = limit;
  try {
    for await (const part of request.parts({ limits: { fileSize: limit + 1 } })) {
      if (part.type === 'field') throw unknownField(part.fieldname);
      const bytes = await bytesOf(part.file, left, limit);
      left -= bytes.length;
      files.push({ name: part.filename, mediaType: part.mimetype, bytes });
    }
  } catch (error) {
    throw problemOfForm(error as NodeJS.ErrnoException);
  }
  return files;
}

/** @throws Problem `body-too-large` as soon as there are more than `left`. */
async function bytesOf(stream: AsyncIterable<Buffer>, left: number, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > left) throw new Problem('body-too-large', { params: { limit } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
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
