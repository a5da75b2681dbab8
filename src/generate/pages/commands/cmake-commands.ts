/** The usual commands of CMake, unless these build nothing. */

import { type Command, lines } from './command.ts'

const MAX_CHARS = 200_000
const TESTS = /^[ \t]*(?:enable_testing\s*\(|include\s*\(\s*CTest\s*\))/im
/** Makes `ctest` find tests: here, in a folder, or by a function of the project. */
const ADDS_TESTS =
  /^\s{0,40}(?:\w{0,60}add_?\w{0,60}tests?\w{0,60}|\w{1,60}_discover_tests|add_subdirectory)\s{0,4}\(/im
const OPENS = /^\s{0,40}if\s{0,4}\(\s{0,4}(\w{0,80})/i
const CLOSES = /^\s{0,40}endif\b/i
const TURNS = /^\s{0,40}else(?:if)?\b/i
/** Libraries without sources are headers, or are built by others. */
const EMPTY_LIBRARY = /\badd_library\s{0,4}\([^)\n]{1,200}?\s(?:ALIAS|IMPORTED|INTERFACE)\b/i
/** Calls that may define what is built, also those of other projects' modules: `CPMAddPackage`, `orbit_add_library`. */
const DEFINES =
  /^\s{0,40}\w{0,60}(?:add_?(?:custom|executable|library|package|subdirectory|test)|cpm|external|fetch)\w{0,60}\s{0,4}\(/i

/** Swift, which needs another generator than the usual one. */
const SWIFT = /\benable_language\s{0,4}\(\s{0,4}Swift\b|\bLANGUAGES(?:\s{1,9}[A-Za-z]{1,20}){0,5}\s{1,9}Swift\b/i

export function ofCMake(text: string): Command[] {
  if (SWIFT.test(text.slice(0, MAX_CHARS))) return []
  const isTested = TESTS.test(text) && ADDS_TESTS.test(text.slice(0, MAX_CHARS))
  if (!isTested && buildsNothing(text.slice(0, MAX_CHARS))) return []
  return lines('cmake -B build', 'cmake --build build', ...(isTested ? ['ctest --test-dir build'] : []))
}

/** Whether all that it builds is below options that are off. */
function buildsNothing(text: string): boolean {
  const off = new Set(
    [...text.matchAll(/^\s{0,40}option\s{0,4}\(\s{0,4}(\w{1,80})[^)\n]{0,400}\sOFF\s{0,4}\)/gim)].map(
      ([, name = '']) => name,
    ),
  )
  const open: boolean[] = []
  for (const line of text.split('\n')) {
    const [, name] = OPENS.exec(line) ?? []
    if (name !== undefined) open.push(off.has(name))
    else if (CLOSES.test(line)) open.pop()
    else if (TURNS.test(line)) open.splice(-1, 1, false)
    else if (!open.includes(true) && DEFINES.test(line) && !EMPTY_LIBRARY.test(line)) return false
  }
  return EMPTY_LIBRARY.test(text)
}
