/** The usual commands of CMake, unless these build nothing. */

import { type Command, lines } from './command.ts'

const MAX_CHARS = 200_000
const TESTS = /^[ \t]*(?:enable_testing\s*\(|include\s*\(\s*CTest\s*\))/i
/** Makes `ctest` find tests: here, in a folder, or by a function of the project. */
const ADDS_TESTS = /^\s{0,40}(?:\w{0,60}add_?\w{0,60}tests?\w{0,60}|\w{1,60}_discover_tests|add_subdirectory)\s{0,4}\(/i
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
  const whole = text.slice(0, MAX_CHARS)
  if (SWIFT.test(whole)) return []
  const reached = withoutOff(whole)
  const isTested = reached.some((line) => TESTS.test(line)) && reached.some((line) => ADDS_TESTS.test(line))
  const isEmpty = EMPTY_LIBRARY.test(whole) && !reached.some((line) => DEFINES.test(line) && !EMPTY_LIBRARY.test(line))
  if (!isTested && isEmpty) return []
  return lines('cmake -B build', 'cmake --build build', ...(isTested ? ['ctest --test-dir build'] : []))
}

/** The lines that are not below options that are off. */
function withoutOff(text: string): string[] {
  const off = new Set(
    [...text.matchAll(/^\s{0,40}option\s{0,4}\(\s{0,4}(\w{1,80})[^)\n]{0,400}\sOFF\s{0,4}\)/gim)].map(
      ([, name = '']) => name,
    ),
  )
  const open: boolean[] = []
  return text.split('\n').filter((line) => {
    const [, name] = OPENS.exec(line) ?? []
    if (name !== undefined) open.push(off.has(name) && !/\sOR\s/i.test(line))
    else if (CLOSES.test(line)) open.pop()
    else if (TURNS.test(line)) open.splice(-1, 1, false)
    else return !open.includes(true)
    return false
  })
}
