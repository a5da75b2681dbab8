/** Finds the lines of C and C++ that are compiled only in builds for debugging or tests. */

import { type DirectiveBranch, directiveBranches } from '#generate/analyse/directive-branches.ts'

/** Matches a branch for one name, or for any of several names. */
const BRANCH = /^#(?:ifdef \w+|(?:el)?if [\w ()|]+)$/
const DEBUG = /^(?!NDEBUG)\w{0,60}(?:DEBUG|UNIT_?TEST)/

/** Whether a line, from 1, is in such a branch, or in one for a name that the file defines in a comment only. */
export function debugBranches(text: string): (line: number) => boolean {
  if (!text.includes('#if')) return () => false
  const lines = text.split('\n')
  const branches = directiveBranches(lines)
  const commented = new Set(lines.flatMap((line) => COMMENTED.exec(line.slice(0, 200))?.[1] ?? []))
  const isDebug = ({ directive }: DirectiveBranch): boolean => {
    if (!BRANCH.test(directive)) return false
    const names = directive.replace(/^#\w+|\bdefined\b/g, ' ').match(/\w+/g) ?? []
    return names.length > 0 && names.every((name) => DEBUG.test(name) || commented.has(name))
  }
  return (line) => {
    for (let branch = branches[line - 1]; branch !== undefined; branch = branch.outer) if (isDebug(branch)) return true
    return false
  }
}

const COMMENTED = /^\s{0,20}\/[/*]\s{0,4}#\s{0,4}define[ \t]{1,8}(\w{1,80})/
