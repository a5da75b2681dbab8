/**
 * Points between two system calls whose order matters, where a test can make this process die, stop or fail. Outside of tests,
 * a failpoint costs one comparison.
 */

import { readFailpoint } from './config.ts'

/** Names of the form `<operation>:<step that has just been done>`. */
export const FAILPOINTS = [
  'layout:written',
  'layout:renamed',
  'accept:folder',
  'accept:written',
  'accept:linked',
  'accept:entered',
  'accept:journaled',
  'record:written',
  'record:linked',
  'record:journaled',
  'journal:opened',
  'journal:written',
  'journal:synced',
  'journal:settled',
  'again:unlisted',
  'again:recorded',
  'again:entered',
  'claim:renamed',
  'claim:recorded',
  'claim:confirmed',
  'publish:written',
  'publish:renamed',
  'publish:synced',
  'commit:recorded',
  'commit:listed',
  'commit:dropped',
  'back:entered',
  'reap:killed',
  'reap:recorded',
  'reap:settled',
  'reap:emptied',
  'cancel:marked',
  'cancel:recorded',
  'remove:unlisted',
  'remove:recorded',
  'end:posted',
  'cached:recorded',
  'deliver:taken',
  'deliver:told',
  'deliver:recorded',
  'key:taken',
  'key:answered',
  'follow:written',
  'follow:linked',
  'follow:recorded',
  'follow:due',
  'follow:removed',
  'look:taken',
  'look:submitted',
  'look:recorded',
  'bring:linked',
  'bring:forgotten',
  'move:begun',
  'move:copied',
  'move:checked',
] as const
export type Failpoint = (typeof FAILPOINTS)[number]

interface Armed {
  name: string
  /** `exit` (SIGKILL), `stop` (SIGSTOP), or the code of a system error to throw. */
  action: string
  /** How many more times the process passes the point before it acts. */
  passes: number
}

const armed = parse(readFailpoint())

/** Parses `claim:renamed=exit` or `record:linked=ENOSPC`; `claim:renamed=exit#2` acts the second time the point is reached. */
function parse(text: string | undefined): Armed | undefined {
  const [, name, action, nth] = /^([a-z]+:[a-z]+)=(exit|stop|E[A-Z]+)(?:#([1-9][0-9]*))?$/.exec(text ?? '') ?? []
  return name === undefined || action === undefined ? undefined : { name, action, passes: Number(nth ?? '1') - 1 }
}

/** Die, stop or throw if a test has requested it at this point; happens only once. */
export function failpoint(name: Failpoint): void {
  if (armed === undefined || armed.name !== name) return
  armed.passes -= 1
  if (armed.passes !== -1) return
  if (armed.action === 'exit') process.kill(process.pid, 'SIGKILL')
  else if (armed.action === 'stop') process.kill(process.pid, 'SIGSTOP')
  else throw Object.assign(new Error(`${armed.action} at ${name}`), { code: armed.action })
}
