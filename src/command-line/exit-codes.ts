/** The exit codes of all commands. */

import { CommanderError, InvalidArgumentError } from 'commander'
import { isRepositoryReason } from '#base/bad-repository-url.ts'
import { Aborted, AppError, isErrno } from '#base/errors.ts'
import { scrub } from '#base/scrub.ts'
import { NoSuchFolder } from '#cli/repository-argument.ts'
import { withOriginalPath } from '#cli/spool-owner.ts'
import { warn } from '#cli/terminal.ts'
import { EXIT_UNUSABLE } from '#processes/keep-running.ts'
import { isChildProcess } from '#processes/run-in-child.ts'

export const EXIT_FAILED = 1
const EXIT_USAGE = 2

/** For help and documentation. */
export const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'success'],
  [
    EXIT_FAILED,
    'failure: the command failed or was interrupted, the job failed or was cancelled (wait, submit --wait),\n      the changes break callers (diff), or the check found problems (doctor, fsck, demo)',
  ],
  [EXIT_USAGE, 'usage error: unknown command or flag, or an invalid argument'],
  [EXIT_UNUSABLE, 'configuration error: trying again does not help until an operator changes something'],
]

/**
 * Errors that the operator must fix, because trying again would not help. `ADDRESS_NOT_AVAILABLE` is not
 * one of them: after a boot, the address may be assigned a little later.
 */
const UNUSABLE: ReadonlySet<string> = new Set([
  'BAD_CONFIGURATION',
  'ALREADY_RUNNING',
  'PORT_IN_USE',
  'PORT_NOT_ALLOWED',
  'ASSET_MISSING',
  'SPOOL_TOO_NEW',
  'MOVE_UNFINISHED',
  'MOVE_REFUSED',
  'SPOOL_MISSING',
  'SPOOL_BESIDE_DATABASE',
  'FOLDER_HAS_JOBS',
  'LIMITS_UNKNOWN',
  'SPOOL_UNUSABLE',
  'SPOOL_OF_ANOTHER_USER',
  'DATABASE_TOO_NEW',
])

/** Also unusable, except in a child process of `up`, which has already used the database with these settings: there they may be temporary. */
const UNUSABLE_AT_FIRST: ReadonlySet<string> = new Set(['DATABASE_UNUSABLE', 'DATABASE_NOT_MIGRATED'])

/** Errors that go away once the spool is available again or has free space, or the database responds. */
export const WAITS_FOR_SPOOL: ReadonlySet<string> = new Set([
  'SPOOL_UNAVAILABLE',
  'SPOOL_FULL',
  'DATABASE_UNREACHABLE',
  ...UNUSABLE_AT_FIRST,
])

/** The server rejects the same URLs as the client. A job may also fail with `NOT_A_REPOSITORY`, which is not a usage error. */
const isUsage = (error: AppError): boolean =>
  error instanceof NoSuchFolder || error.code === 'NOT_A_SERVER' || isRepositoryReason(error.code)

/** Prints an error and returns its exit code. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof InvalidArgumentError) warn(`docspool: ${error.message}`)
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE
  if (error instanceof Aborted || (error instanceof Error && error.name === 'AbortError')) {
    if (!isChildProcess()) warn('docspool: stopped')
    return EXIT_FAILED
  }
  if (error instanceof AppError) {
    const hint = error.hint === null ? '' : `\n${error.hint}`
    warn(scrub(withOriginalPath(`docspool: ${error.message} (${error.code})${hint}`)))
    const isUnusable = UNUSABLE.has(error.code) || (UNUSABLE_AT_FIRST.has(error.code) && !isChildProcess())
    return isUnusable ? EXIT_UNUSABLE : isUsage(error) ? EXIT_USAGE : EXIT_FAILED
  }
  if (isErrno(error, 'ENOENT') && error.syscall === 'uv_cwd') {
    warn('docspool: the current folder has been removed\nChange to another folder.')
    return EXIT_FAILED
  }
  const stack = error instanceof Error ? error.stack : String(error)
  warn(scrub(`docspool: unexpected error\n${stack}`))
  return EXIT_FAILED
}
