/**
 * clang, by its library, as an oracle of C and C++: every source file is compiled by itself, with the include folders
 * that `c/units.ts` finds; the program in `c/` (`uses.c` says what it prints) tells what each name means, and this file
 * joins what the units say.
 *
 * A file imports what its `#include` lines name. A use is a name that means a function, a type, a field, an enumerator, a
 * variable or a macro of another file; it starts in the definition around it, or in the namespace. It means the
 * definition, wherever in the repository that is; the declaration that is seen is allowed. Allowed are also what a macro
 * brings in, what several definitions share a name for (of programs that are not linked with each other), what a
 * declaration uses, types that `using a::b;` introduces, and candidates that are overloaded in a template. Unknown are
 * the names in the body of a macro and in arguments that it drops, in what `#if` leaves out in every unit and in its conditions, in explicit
 * instantiations, and those that depend on the parameters of a template. A unit that includes a file that is not there is
 * left out; a file that no unit reads is not judged.
 */

import { existsSync, readdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { linkUses } from './c/link.ts'
import { unknownInSkipped } from './c/skipped.ts'
import { unitsOf } from './c/units.ts'
import type { Oracle } from './oracle.ts'
import { verdictOf } from './printed.ts'
import { inTemporary, isInstalled, linesOf, listIn } from './tool.ts'

const PROGRAM = path.join(import.meta.dirname, 'c')

export const cOracle: Oracle = {
  name: 'clang',
  languages: ['c', 'cpp', 'c++'],
  judge: async (checkout, files) => {
    const clang = findClang()
    if (clang === undefined || !isInstalled('gcc', '--version')) return 'gcc and libclang-dev are not installed'
    const root = realpathSync(checkout)
    const paths = files.map((file) => path.join(root, file))
    return inTemporary((folder) => {
      const program = path.join(folder, 'uses')
      const library = path.join(clang, 'lib')
      const include = `-I${path.join(clang, 'include')}`
      const sources = readdirSync(PROGRAM).filter((name) => name.endsWith('.c'))
      const parts = sources.map((name) => path.join(PROGRAM, name))
      linesOf('gcc', ['-O2', '-o', program, ...parts, include, `-L${library}`, '-lclang', `-Wl,-rpath,${library}`])
      const units = unitsOf(root, paths)
      const list = listIn(folder, 'files', paths)
      const lines = linesOf(program, [list, listIn(folder, 'units', units)])
      const { uses, ambiguous } = linkUses(lines)
      const lacking = lines.filter((line) => line.startsWith('lacking\t')).length
      const note = `clang, ${units.length} units, ${lacking} left out for want of a header; ${ambiguous} uses of names with several definitions are allowed only`
      return verdictOf([...uses, ...unknownInSkipped(lines)], root, note)
    })
  },
}

/** The newest folder of LLVM that has the library and its headers. */
function findClang(): string | undefined {
  const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib').filter((name) => name.startsWith('llvm-')) : []
  return folders
    .sort((a, b) => Number(b.slice(5)) - Number(a.slice(5)))
    .map((name) => path.join('/usr/lib', name))
    .find((folder) => existsSync(path.join(folder, 'include/clang-c/Index.h')))
}
