/** Advice for failed jobs, by error code. It is shown after the error's own hint. */

import { PROGRAM } from '#base/program.ts'

const DOCTOR = `On the machine, \`${PROGRAM} doctor\` says whether docspool has what it needs.`
const NETWORK = 'From the machine of the service, `git ls-remote` with the address shows what the host answers.'

const REMEDIES: Readonly<Record<string, readonly string[]>> = {
  REPOSITORY_NOT_FOUND: [
    'Open the address in a browser where you are not signed in: only what is public there is fetched without a token.',
    'A repository that was renamed has a new address; submit that one.',
  ],
  NEEDS_AUTHENTICATION: [
    'With curl, -H "X-Git-Token: …" sends a token for this one job; docs/private-repositories.md says which tokens are enough.',
  ],
  GIT_TOKEN_REFUSED: ['Make a new token that may read the code of this repository, and submit it again with that.'],
  GIT_TOKEN_GONE: ['With curl, submit it again with -H "X-Git-Token: …".'],
  TOKEN_NEEDS_HTTPS: ['Submit the address with https://.'],
  SSH_KEY_REFUSED: ['At the host, the deploy keys of the repository show whether the key is there.'],
  HOST_KEY_REFUSED: ['A host whose key has changed may be another one: ask who runs it.'],
  SSH_UNUSABLE: [DOCTOR],
  NO_SUCH_COMMIT: ['Leave the commit empty for the newest one, or look up the name of the branch or tag at the host.'],
  AMBIGUOUS_COMMIT: ['Submit again with all 40 digits of the commit.'],
  REPOSITORY_TOO_LARGE: ['With DOCSPOOL_CLONE_DEPTH=1, the default, only the newest commit is fetched.'],
  CLONE_TIMED_OUT: ['Try again: hosts are slow at times.', NETWORK],
  HOST_UNREACHABLE: [NETWORK, DOCTOR],
  TLS_FAILED: [NETWORK],
  RATE_LIMITED: ['Wait some minutes; fewer jobs at once (DOCSPOOL_CLONES_PER_HOST) ask less often.'],
  REDIRECT_REFUSED: ['The repository may have moved; its page in a browser shows the new address.'],
  ADDRESS_REFUSED: ['The name leads to an address that is not public; an operator can allow it.'],
  NOT_A_REPOSITORY: ['Give the address of the repository itself, not that of a page about it.'],
  EMPTY_REPOSITORY: ['Submit it again when it has a commit.'],
  JOB_TIMED_OUT: [
    'The stages further down show where the time went.',
    'In a `docspool.json` of the repository, `exclude` leaves out what needs no documentation.',
  ],
  STAGE_TIMED_OUT: ['The stages further down show where the time went; the log names files that took long.'],
  JOB_UNRESPONSIVE: ['The stages further down show where the time went; the log names files that took long.'],
  OUT_OF_MEMORY: [
    'In a `docspool.json` of the repository, `exclude` leaves out what is large and needs no documentation.',
  ],
  WORKER_DIED: ['Try again; the log below ends where it happened.', DOCTOR],
  WORKER_DIED_REPEATEDLY: [
    'It was tried several times. Report the last lines of the log to docspool’s authors.',
    DOCTOR,
  ],
  WORKER_NOT_STARTED: [DOCTOR],
  NODEGIT_UNUSABLE: [DOCTOR],
  SPOOL_FULL: ['When there is space, choose “Try again”.', DOCTOR],
  SPOOL_UNAVAILABLE: [DOCTOR],
  CANCELLED: [],
}

/** For an unknown code: look in the log. */
const UNKNOWN = [
  'The log below shows what happened before it.',
  'Try again; if it fails in the same way, tell the operator of this service the code.',
]

export const remediesOf = (code: string | null): readonly string[] =>
  (code !== null && Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined) ?? UNKNOWN
