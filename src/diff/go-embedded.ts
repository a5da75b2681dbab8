/** Finds methods that a Go struct promotes from an embedded type of the standard library and that a new member hides. */

import type { ApiDefinition } from '#store/public-api.ts'
import { normalType } from './normal-type.ts'
import { readSignature } from './signatures.ts'

const LOCKS = ['Lock()', 'TryLock() bool', 'Unlock()']
const METHODS: Readonly<Record<string, readonly string[]>> = {
  'context.Context': [
    'Deadline() (deadline time.Time, ok bool)',
    'Done() <-chan struct{}',
    'Err() error',
    'Value(key any) any',
  ],
  error: ['Error() string'],
  'fmt.Stringer': ['String() string'],
  'http.Handler': ['ServeHTTP(w http.ResponseWriter, r *http.Request)'],
  'http.ResponseWriter': ['Header() http.Header', 'Write(b []byte) (int, error)', 'WriteHeader(statusCode int)'],
  'io.Closer': ['Close() error'],
  'io.Reader': ['Read(p []byte) (n int, err error)'],
  'io.Writer': ['Write(p []byte) (n int, err error)'],
  'sync.Mutex': LOCKS,
  'sync.RWMutex': [...LOCKS, 'RLock()', 'RLocker() sync.Locker', 'RUnlock()', 'TryRLock() bool'],
}

/**
 * The promoted method that a new member hides, `context.Context.Value`; `undefined` if both are called in the same way.
 *
 * @param members - The members of the struct before the change.
 */
export function hiddenMethod(
  members: ReadonlyMap<string, readonly ApiDefinition[]>,
  { name, signature, kind }: ApiDefinition,
): string | undefined {
  for (const [field] of members.values()) {
    const type = field?.signature.replace(/^\*/, '') ?? ''
    if (!Object.hasOwn(METHODS, type)) continue
    const method = METHODS[type]?.find((one) => one.startsWith(`${name}(`))
    if (method !== undefined && typeOf(`func ${method}`, name, 'method') !== typeOf(signature, name, kind))
      return `${type}.${name}`
  }
  return undefined
}

function typeOf(signature: string, name: string, kind: string): string {
  const { parameters, type } = readSignature(signature, name, kind, 'go')
  const list = parameters?.map((one) => one.type || one.name) ?? [kind]
  return normalType(`(${list.join(', ')}) ${type}`, 'go')
}
