/** The error for repository URLs that are not accepted, with a code and a hint for users. */

import { AppError } from './errors.ts'

/** Thrown when a repository URL is not accepted. `code` says why. */
export class BadRepositoryUrl extends AppError {
  readonly code: BadRepositoryReason
  declare readonly hint: string

  constructor(code: BadRepositoryReason, message: string, hint: string) {
    super(message, { hint })
    this.code = code
  }
}

const REASONS = [
  'NOT_A_URL',
  'URL_TOO_LONG',
  'URL_HAS_CONTROL_CHARACTERS',
  'SCHEME_NOT_ALLOWED',
  'URL_HAS_USER_INFO',
  'URL_HAS_QUERY',
  'URL_HAS_FRAGMENT',
  'HOST_NOT_ALLOWED',
  'PRIVATE_ADDRESS',
  'NOT_A_REPOSITORY_PATH',
  'FOLDER_NOT_ALLOWED',
] as const
type BadRepositoryReason = (typeof REASONS)[number]

export const isRepositoryReason = (code: string): boolean => REASONS.some((each) => each === code)

/** @param parent - The folder to suggest in the hint, if it is known. */
export const folderNotAllowed = (parent = '/srv/git'): BadRepositoryUrl =>
  new BadRepositoryUrl(
    'FOLDER_NOT_ALLOWED',
    'The folder is not in an allowed location.',
    `The operator can allow it: add its parent folder, such as ${JSON.stringify(parent.slice(0, 200))}, to DOCSPOOL_LOCAL_REPOS (folders separated by \`:\`) and restart docspool.`,
  )

export const URL_HINT = 'Give the URL of a repository, such as https://github.com/pallets/flask.'
