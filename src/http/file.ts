import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FoundDocument } from '../operations/get-document.ts';
import { isKnown, sendTagged, sendUnchanged } from './answer.ts';

/** How a file is sent: what is `inline` a browser shows; `plainName` is for those that know only ASCII. */
interface Sending {
  readonly kind: 'inline' | 'attachment';
  readonly mediaType: string;
  readonly plainName: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers with a file, or with 304 before it is made. */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { tag, fileName, make }: FoundDocument,
  { kind, mediaType, plainName, headers = {} }: Sending,
): Promise<FastifyReply> {
  if (isKnown(request, tag)) return sendUnchanged(reply, tag);
  reply.headers({ 'content-disposition': disposition(kind, fileName, plainName), ...headers });
  return sendTagged(request, reply, tag, await make(), mediaType);
}

/** A Content-Disposition with a name in any script (RFC 6266). */
function disposition(kind: Sending['kind'], name: string, plainName: string): string {
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return `${kind}; filename="${plainName}"; filename*=UTF-8''${encoded}`;
}
