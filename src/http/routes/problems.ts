import type { FastifyInstance, FastifyReply } from 'fastify';
import { escaped } from '../../domain/markup.ts';
import { Problem, problems, type ProblemCode } from '../../domain/problem.ts';
import { statusOf } from '../problems.ts';

const hidden = { schema: { hide: true } };

/** A page for every kind of problem: what a problem's `type` points to. */
export function problemRoutes(app: FastifyInstance): void {
  const codes = Object.keys(problems) as ProblemCode[];

  app.get('/problems', hidden, async (_request, reply) =>
    sendPage(reply, '问题一览 Problems', `<ul>${codes.map(listItem).join('')}</ul>`),
  );

  app.get('/problems/:code', hidden, async (request, reply) => {
    const { code } = request.params as { code: string };
    const known = codes.find((candidate) => candidate === code);
    if (!known) throw new Problem('route-not-found', { params: { path: request.url } });
    return sendPage(reply, known, about(known));
  });
}

function listItem(code: ProblemCode): string {
  return `<li><a href="/problems/${code}">${code}</a> ${escaped(problems[code].title['zh-CN'])}</li>`;
}

function about(code: ProblemCode): string {
  const entry: (typeof problems)[ProblemCode] & { hint?: { 'zh-CN': string; en: string } } = problems[code];
  const paragraphs = [entry.title, entry.detail, ...(entry.hint ? [entry.hint] : [])].flatMap((words) => [
    `<p lang="zh-CN">${escaped(words['zh-CN'])}</p>`,
    `<p lang="en">${escaped(words.en)}</p>`,
  ]);
  return `<p>HTTP ${statusOf(code)}</p>${paragraphs.join('')}<p><a href="/problems">全部 All</a></p>`;
}

function sendPage(reply: FastifyReply, title: string, body: string): FastifyReply {
  return reply
    .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" })
    .send(
      `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${escaped(title)}</title></head>` +
        `<body><h1>${escaped(title)}</h1>${body}</body></html>`,
    );
}
