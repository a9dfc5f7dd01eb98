import type { FastifyInstance } from 'fastify';
import { Problem } from '../domain/problem.ts';

const known = ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS'] as const;

/** Which methods each address has, as routes are added from here on. */
export type Methods = ReadonlyMap<string, ReadonlySet<string>>;

/** Watches what routes are added to an application. */
export function watchMethods(app: FastifyInstance): Methods {
  const methods = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const at = methods.get(url) ?? new Set();
    for (const one of [method].flat()) at.add(one);
    methods.set(url, at);
  });
  return methods;
}

/** Answers 405, naming the methods there are, where an address has no route for the method asked for. */
export function refuseOtherMethods(app: FastifyInstance, methods: Methods): void {
  for (const [url, taken] of [...methods]) {
    const allowed = [...taken].join(', ');
    const others = known.filter((method) => !taken.has(method));
    app.route({
      method: others,
      url,
      schema: { hide: true },
      // Before the body is read: it would be refused for its media type first.
      onRequest: async (request, reply) => {
        reply.header('allow', allowed);
        throw new Problem('method-not-allowed', { params: { method: request.method, allowed } });
      },
      handler: () => undefined,
    });
  }
}
