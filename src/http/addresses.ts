import type { FastifyInstance } from 'fastify';
import { Problem } from '../domain/problem.ts';

const detail = { 'zh-CN': '年度应为四位数字，如 2023。', en: 'A year is four digits, like 2023.' };

/** Holds years in addresses to one spelling: read as numbers, 0x7E7 and 2023 would be the same resource. */
export function checkAddresses(app: FastifyInstance): void {
  app.addHook('onRequest', ({ params }, _reply, done) => {
    const { year } = (params ?? {}) as { year?: string };
    if (year === undefined || /^[0-9]{4}$/.test(year)) return done();
    done(new Problem('request-invalid', { faults: [{ in: 'path', pointer: '/year', detail }] }));
  });
}
