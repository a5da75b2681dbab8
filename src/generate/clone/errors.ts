/** Errors of failed clones. The codes are stored in jobs and shown to callers; they never change. */

import { AppError } from '#base/errors.ts'
import { isPacked } from '#base/program.ts'

/** Codes of temporary failures: the same job may succeed when retried. */
export const PASSING_CODES: ReadonlySet<string> = new Set(['HOST_UNREACHABLE', 'RATE_LIMITED'])

const GIVE_TOKEN =
  'For a private repository, send a token in the header X-Git-Token, or ask the operator to set one for the host in DOCSPOOL_GIT_TOKENS.'
const CHECK_TOKEN =
  'Check that the token (from X-Git-Token or DOCSPOOL_GIT_TOKENS) has not expired and can read the code of this repository.'
const CHECK_KEY = 'Check the address, and that the key of DOCSPOOL_SSH_KEY_FILE is a deploy key of this repository.'

/** Thrown when the host says that the repository does not exist. */
export class RepositoryNotFound extends AppError {
  readonly code = 'REPOSITORY_NOT_FOUND'

  /** @param shown - The credentials that were sent to the host. */
  constructor(message: string, shown: 'nothing' | 'token' | 'key' = 'nothing') {
    const nothing = `Check the address; hosts do not distinguish private repositories from missing ones. ${GIVE_TOKEN}`
    super(message, { hint: { nothing, token: CHECK_TOKEN, key: CHECK_KEY }[shown] })
  }
}

/** Thrown when the host asks for credentials, as it does for private repositories and often for missing ones. */
export class NeedsAuthentication extends AppError {
  readonly code = 'NEEDS_AUTHENTICATION'
  override readonly hint =
    `The repository is private or does not exist (many hosts give the same answer for both). Check the address. ${GIVE_TOKEN}`
}

/** Thrown when the host rejects the token. */
export class GitTokenRefused extends AppError {
  readonly code = 'GIT_TOKEN_REFUSED'
  override readonly hint = CHECK_TOKEN
}

/** Thrown when the token submitted with a job is no longer available. */
export class GitTokenGone extends AppError {
  readonly code = 'GIT_TOKEN_GONE'
  override readonly hint =
    'Submit the repository again with the header X-Git-Token. Tokens are kept only in memory, until the clone has finished or the server exits.'
}

/** Thrown when the host rejects the operator's SSH key. */
export class SshKeyRefused extends AppError {
  readonly code = 'SSH_KEY_REFUSED'
  override readonly hint =
    'Add the public half of the key of DOCSPOOL_SSH_KEY_FILE to the repository as a deploy key; the key must have no passphrase.'
}

/** Thrown when the host's key is not among the known hosts. */
export class HostKeyRefused extends AppError {
  readonly code = 'HOST_KEY_REFUSED'
  override readonly hint =
    'Add the key of the host to DOCSPOOL_SSH_KNOWN_HOSTS_FILE with ssh-keyscan, and compare it with the key that the host publishes.'
}

/** Thrown when the program `ssh` cannot be run. */
export class SshUnusable extends AppError {
  readonly code = 'SSH_UNUSABLE'
  override readonly hint = 'Install the OpenSSH client (openssh-client), or use the https address with a token.'
}

/** Thrown instead of sending a token over an unencrypted connection. */
export class TokenNeedsHttps extends AppError {
  readonly code = 'TOKEN_NEEDS_HTTPS'
  override readonly hint =
    'Give the https address of the repository. Over http, tokens are sent only within private networks.'
}

/** Thrown when the repository has no such commit, branch or tag. */
export class NoSuchCommit extends AppError {
  readonly code = 'NO_SUCH_COMMIT'

  constructor(message: string, hint = 'Give a full commit id, a branch or a tag of the repository.') {
    super(message, { hint })
  }
}

/** Thrown when a short commit id matches more than one object. */
export class AmbiguousCommit extends AppError {
  readonly code = 'AMBIGUOUS_COMMIT'
  override readonly hint = 'Give more digits of the commit id, or preferably all 40.'
}

/** Thrown when a limit on bytes or on the number of files is exceeded. */
export class RepositoryTooLarge extends AppError {
  readonly code = 'REPOSITORY_TOO_LARGE'

  constructor(message: string, hint = 'Raise DOCSPOOL_MAX_REPO_MB, or set DOCSPOOL_CLONE_DEPTH=1 if it is higher.') {
    super(message, { hint })
  }
}

/** Thrown when the clone takes too long. */
export class CloneTimedOut extends AppError {
  readonly code = 'CLONE_TIMED_OUT'
  override readonly hint = 'Raise DOCSPOOL_CLONE_TIMEOUT_S if the repository is large or the host is slow.'
}

/** Thrown when the repository has no commits. */
export class EmptyRepository extends AppError {
  readonly code = 'EMPTY_REPOSITORY'
  override readonly hint = 'Push a commit first.'
}

/** Thrown when the host reports too many requests. The job is retried. */
export class RateLimited extends AppError {
  readonly code = 'RATE_LIMITED'
  override readonly hint =
    'The host limits the rate of requests from this machine. The job will be retried automatically.'
}

/** Thrown when the host redirects to another host, port or scheme. */
export class RedirectRefused extends AppError {
  readonly code = 'REDIRECT_REFUSED'
  override readonly hint = 'Submit the address that the host redirects to, if you trust it.'
}

/** Thrown when there is no readable git repository at the URL or in the folder. */
export class NotARepository extends AppError {
  readonly code = 'NOT_A_REPOSITORY'

  constructor(message: string, hint = 'Give the address that you would give to `git clone`.', options?: ErrorOptions) {
    super(message, { hint, ...options })
  }
}

/** Thrown when an object is missing or does not match its id. */
export class RepositoryDamaged extends AppError {
  readonly code = 'REPOSITORY_DAMAGED'
  override readonly hint = 'Run `git fsck` on the repository.'
}

/** Thrown by `CommitTree.read` for a blob larger than the tree's limit; the blob is not loaded. */
export class BlobTooLarge extends AppError {
  readonly code = 'BLOB_TOO_LARGE'
  override readonly hint = 'Raise DOCSPOOL_MAX_FILE_KB to read larger files.'
}

/** Thrown when nodegit is missing, not built, or built for another machine. */
export class NodegitUnusable extends AppError {
  readonly code = 'NODEGIT_UNUSABLE'
  override readonly hint = isPacked
    ? 'It needs glibc 2.34 and the libstdc++ of GCC 12, or newer: Debian 12 has both.'
    : 'Run `make setup` in the folder of docspool; the first build takes a few minutes.'
}
