/** Recognises headers of C and C++ that were copied from other projects, by the repository or the licence file that they name. */

import type { SourceFile } from '#generate/model.ts'

const MAX_HEAD = 1_000
const RIGHTS = /\bcopyright\b|\blicen[cs]ed?\b/i
/** The repository of a project: `https://github.com/owner/name`. */
const HOME =
  /\bhttps?:\/\/(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)\/([\w.-]{1,80}\/[\w.-]{0,79}[\w-])/i
/** Matches the comments at the top of a file; one that is longer than the text ends with it. */
const COMMENTS = /^(?:\s|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?)*/

/**
 * Whether the comment at the top of a header has a copyright or licence and the address of another project.
 *
 * @param name - Name of the repository.
 */
export function isThirdPartyHeader({ path, text }: Pick<SourceFile, 'path' | 'text'>, name: string): boolean {
  if (!/\.h(?:h|pp|xx)?$/i.test(path)) return false
  const head = COMMENTS.exec((text ?? '').slice(0, MAX_HEAD))?.[0] ?? ''
  const [, home = ''] = HOME.exec(head) ?? []
  const [, project = ''] = home.replace(/\.git$/, '').split('/')
  return project !== '' && RIGHTS.test(head) && project.toLowerCase() !== name.toLowerCase()
}
