/** Advice for failed jobs, by error code. It is listed after the error's own hint. */

import { PROGRAM } from '#base/program.ts'

const DOCTOR = `On the machine of the service, \`${PROGRAM} doctor\` checks whether docspool has what it needs.`
const NETWORK = 'On the machine of the service, `git ls-remote` with the address shows how the host responds.'

const REMEDIES: Readonly<Record<string, readonly string[]>> = {
  REPOSITORY_NOT_FOUND: [
    'Open the address in a browser where you are not signed in: without a token, only public repositories can be fetched.',
    'A repository that was renamed has a new address; submit that one.',
  ],
  NEEDS_AUTHENTICATION: [
    'With curl, -H "X-Git-Token: …" sends a token for this one job; docs/private-repositories.md says which permissions it needs.',
  ],
  GIT_TOKEN_REFUSED: [
    'Create a token that can read the code of this repository, and submit the repository again with it.',
  ],
  GIT_TOKEN_GONE: ['With curl, submit it again with -H "X-Git-Token: …".'],
  TOKEN_NEEDS_HTTPS: ['Submit the address with https://.'],
  SSH_KEY_REFUSED: ['Check on the host whether the key is among the deploy keys of the repository.'],
  HOST_KEY_REFUSED: ['If the key of a host has changed, it may be another host: ask its administrator.'],
  SSH_UNUSABLE: [DOCTOR],
  NO_SUCH_COMMIT: [],
  AMBIGUOUS_COMMIT: ['Submit again with all 40 digits of the commit.'],
  REPOSITORY_TOO_LARGE: ['With DOCSPOOL_CLONE_DEPTH=1, the default, only the newest commit is fetched.'],
  CLONE_TIMED_OUT: ['Try again: the host may have been slow.', NETWORK],
  HOST_UNREACHABLE: [NETWORK, DOCTOR],
  TLS_FAILED: [NETWORK],
  RATE_LIMITED: ['Wait a few minutes; fewer simultaneous clones (DOCSPOOL_CLONES_PER_HOST) send fewer requests.'],
  REDIRECT_REFUSED: ['The repository may have moved; its page in a browser shows the new address.'],
  ADDRESS_REFUSED: ['The name resolves to an address that is not public; an operator can allow private networks.'],
  NOT_A_REPOSITORY: ['Give the address of the repository itself, not that of a page about it.'],
  EMPTY_REPOSITORY: ['Submit it again when it has a commit.'],
  JOB_TIMED_OUT: [
    'The stages below show where the time was spent.',
    'Exclude files that need no documentation with `exclude` in `docspool.json`.',
  ],
  STAGE_TIMED_OUT: ['The stages below show where the time was spent; the log names slow files.'],
  JOB_UNRESPONSIVE: ['The stages below show where the time was spent; the log names slow files.'],
  OUT_OF_MEMORY: ['Exclude large files that need no documentation with `exclude` in `docspool.json`.'],
  WORKER_DIED: ['Try again; the log below ends where it happened.', DOCTOR],
  WORKER_DIED_REPEATEDLY: [
    'It was tried several times. Report the last lines of the log to the authors of docspool.',
    DOCTOR,
  ],
  WORKER_NOT_STARTED: [DOCTOR],
  NODEGIT_UNUSABLE: [DOCTOR],
  SPOOL_FULL: ['When there is free space, choose “Try again”.', DOCTOR],
  SPOOL_UNAVAILABLE: [DOCTOR],
  CANCELLED: [],
}

/** For an unknown code: look in the log. */
const UNKNOWN = [
  'The log below shows what happened before the failure.',
  'Try again; if it fails in the same way, report the error code to the operator of this service.',
]

export const remediesOf = (code: string | null): readonly string[] =>
  (code !== null && Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined) ?? UNKNOWN
