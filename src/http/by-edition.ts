import type { FastifyRequest, FastifySchemaCompiler } from 'fastify';
import type { CheckedForm } from '../domain/compile.ts';
import { targetForm } from './report-target.ts';
import { validateBody, type Validators } from '../schemas/validation.ts';

/** For the documentation: one of the editions' components. */
export function byEdition(names: readonly string[]): { anyOf: { $ref: string }[] } {
  return { anyOf: names.map((name) => ({ $ref: `${name}#` })) };
}

/**
 * The options of a route whose body depends on the edition of its target: held against that edition's component alone,
 * so that each fault is named once and at its place.
 */
export function validateByEdition(validators: Validators, nameOf: (form: CheckedForm) => string) {
  return {
    ...bodyCheckedLater(validators),
    preHandler: async (request: FastifyRequest): Promise<void> => {
      validateBody(validators.component(nameOf(targetForm(request))), request.body);
    },
  };
}

/** Leaves the body to the route; the rest of the request is validated as ever. */
export function bodyCheckedLater(validators: Validators): { validatorCompiler: FastifySchemaCompiler<unknown> } {
  return {
    validatorCompiler: ({ schema, httpPart }) =>
      httpPart === 'body' ? () => true : validators.compile(schema, httpPart as 'params'),
  };
}

/** Whoever has nothing to say need not send an empty object; a body that is sent is held against its component. */
export function bodyMayBeLeftOut(validators: Validators, component: string) {
  return {
    ...bodyCheckedLater(validators),
    preHandler: async ({ body }: FastifyRequest): Promise<void> => {
      if (body !== undefined) validateBody(validators.component(component), body);
    },
  };
}
