/** The usual commands of CMake, unless these build nothing. */

import { type Command, lines } from './command.ts'
import { type Conditions, optionsAround } from './option-guards.ts'

const MAX_CHARS = 200_000
const TESTS = /^[ \t]*(?:enable_testing\s*\(|include\s*\(\s*CTest\s*\))/im
/** Registers tests for `ctest`: here, in a folder, or by a function of the project. */
const ADDS_TESTS =
  /^\s{0,40}(?:\w{0,60}add_?\w{0,60}tests?\w{0,60}|\w{1,60}_discover_tests|add_subdirectory)\s{0,4}\(/im
const FOLDER_OF_TESTS = /^\s{0,40}add_subdirectory\s{0,4}\([^)\n]{0,100}tests?\b/im
const CONDITIONS: Conditions = {
  opens: /^\s{0,40}if\s{0,4}\((.{0,200})\)/i,
  turns: /^\s{0,40}else(?:if)?\b/i,
  closes: /^\s{0,40}endif\b/i,
  option: /^(\w{1,80})$/,
}
const OFF = /^\s{0,40}option\s{0,4}\(\s{0,4}(\w{1,80})[^)\n]{0,400}\sOFF\s{0,4}\)/gim
/** Libraries without sources are headers, or are built by others. */
const EMPTY_LIBRARY = /\badd_library\s{0,4}\([^)\n]{1,200}?\s(?:ALIAS|IMPORTED|INTERFACE)\b/i
/** Calls that may define what is built, also those of other projects' modules: `CPMAddPackage`, `orbit_add_library`. */
const DEFINES =
  /^\s{0,40}\w{0,60}(?:add_?(?:custom|executable|library|package|subdirectory|test)|cpm|external|fetch)\w{0,60}\s{0,4}\(/i

/** Swift, which does not work with the default generator. */
const SWIFT = /\benable_language\s{0,4}\(\s{0,4}Swift\b|\bLANGUAGES(?:\s{1,9}[A-Za-z]{1,20}){0,5}\s{1,9}Swift\b/i

/** With the option that its tests need. If they need more than one, the test command is omitted. */
export function ofCMake(whole: string): Command[] {
  const text = whole.slice(0, MAX_CHARS)
  if (SWIFT.test(text)) return []
  const off = new Set([...text.matchAll(OFF)].map(([, name = '']) => name))
  const around = (isWanted: (line: string) => boolean): readonly string[] | undefined =>
    optionsAround(text, isWanted, off, CONDITIONS)
  const adds = FOLDER_OF_TESTS.test(text) ? FOLDER_OF_TESTS : ADDS_TESTS
  const [turned, added] = [around((line) => TESTS.test(line)), around((line) => adds.test(line))]
  const needed = turned === undefined || added === undefined ? undefined : [...new Set([...turned, ...added])]
  const isTested = needed !== undefined && needed.length <= 1
  // All that it builds may be below options that are off.
  const built = around((line) => DEFINES.test(line) && !EMPTY_LIBRARY.test(line))
  if (!isTested && EMPTY_LIBRARY.test(text) && built?.length !== 0) return []
  const setup = ['cmake -B build', ...(isTested ? needed.map((name) => `-D${name}=ON`) : [])].join(' ')
  return lines(setup, 'cmake --build build', ...(isTested ? ['ctest --test-dir build'] : []))
}
