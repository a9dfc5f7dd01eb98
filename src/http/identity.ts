import { Problem, type Fault } from '../domain/problem.ts';

/**
 * Refuses a body that names another resource than its address does: one of the two is a slip.
 *
 * @throws Problem `request-invalid`.
 */
export function refuseOtherIdentity(body: unknown, identity: Readonly<Record<string, string | number>>): void {
  const given = body as Record<string, unknown>;
  const faults = Object.entries(identity)
    .filter(([name, value]) => given[name] !== undefined && given[name] !== value)
    .map(([name, value]): Fault => ({ pointer: `/${name}`, params: { value }, detail }));
  if (faults.length > 0) throw new Problem('request-invalid', { faults });
}

const detail = {
  'zh-CN': '与地址不符：地址中是“{value}”。',
  en: 'Not what the address says: “{value}”.',
};
