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

type BadRepositoryReason =
  | 'NOT_A_URL'
  | 'URL_TOO_LONG'
  | 'URL_HAS_CONTROL_CHARACTERS'
  | 'SCHEME_NOT_ALLOWED'
  | 'URL_HAS_USER_INFO'
  | 'URL_HAS_QUERY'
  | 'URL_HAS_FRAGMENT'
  | 'HOST_NOT_ALLOWED'
  | 'PRIVATE_ADDRESS'
  | 'NOT_A_REPOSITORY_PATH'
  | 'FOLDER_NOT_ALLOWED'

export const folderNotAllowed = (): BadRepositoryUrl =>
  new BadRepositoryUrl(
    'FOLDER_NOT_ALLOWED',
    'The folder is not below one of DOCSPOOL_LOCAL_REPOS.',
    'The operator can add a parent folder to DOCSPOOL_LOCAL_REPOS (separated by `:`, with `\\:` for a colon in a path) and restart docspool.',
  )

export const EXAMPLE = 'Give the URL of a repository, such as https://github.com/pallets/flask.'
