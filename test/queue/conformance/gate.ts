/** A handle whose every call goes through the test first: to order calls of several processes, or to make one fail. */
import type { Backend } from '#queue/backend.ts'

/** Makes the call, sooner or later, or does not. `name` is like `jobs.update`. */
export type Pass = <T>(name: string, call: () => Promise<T>, args: unknown[]) => Promise<T>

const PARTS = [
  'combined',
  'jobs',
  'work',
  'catalog',
  'workers',
  'cancels',
  'keys',
  'outbox',
  'expiry',
  'follows',
  'looks',
  'control',
  'stats',
] as const
const CALLS = ['accept', 'audit', 'clear', 'prepare', 'probe'] as const

export function gate(backend: Backend, pass: Pass): Backend {
  const gated = { ...backend }
  const wrap =
    (name: string, call: (...args: never[]) => Promise<unknown>) =>
    (...args: never[]) =>
      pass(name, () => call(...args), args)
  for (const part of PARTS) {
    if (backend[part] === undefined) continue
    const calls = Object.entries(backend[part]).map(([name, call]) => [name, wrap(`${part}.${name}`, call)])
    Object.assign(gated, { [part]: Object.fromEntries(calls) })
  }
  for (const name of CALLS) Object.assign(gated, { [name]: wrap(name, backend[name].bind(backend)) })
  return gated
}
