/**
 * javac as an oracle: every file of a repository is compiled at once, with the libraries that the machine has; where one
 * is missing, javac resolves all the rest; the program in `java/` asks its tree of symbols.
 *
 * A file imports another when an import of it names a type that is there, also by `.*`; uses within a package are allowed
 * besides. A use is an identifier that means a type, a method, a field or an enum's constant of another file; it starts
 * in the member around it. Not required: a type that only stands before the dot of a member, the constructor that `new`
 * calls (its class is), names of arguments of annotations, overrides of anonymous classes and those of a method that is
 * overridden in between. Of two classes with one name only the first is judged.
 */

import { existsSync, readdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import type { Oracle } from './oracle.ts'
import { verdictOf } from './printed.ts'
import { inTemporary, isInstalled, linesOf, listIn } from './tool.ts'

/** Where Debian's packages of Java libraries put theirs. */
const LIBRARIES = '/usr/share/java'
const PROGRAM = path.join(import.meta.dirname, 'java')

export const javaOracle: Oracle = {
  name: 'javac',
  languages: ['java'],
  judge: async (checkout, files) => {
    if (!isInstalled('javac', '-version')) return 'javac is not installed'
    const root = realpathSync(checkout)
    const jars = existsSync(LIBRARIES) ? readdirSync(LIBRARIES).filter((name) => name.endsWith('.jar')) : []
    const sources = files.filter((file) => !/(^|\/)(module|package)-info\.java$/.test(file))
    return inTemporary((folder) => {
      const list = listIn(
        folder,
        'sources',
        sources.map((file) => path.join(root, file)),
      )
      const classPath = jars.map((name) => path.join(LIBRARIES, name)).join(':')
      const classes = path.join(folder, 'classes')
      linesOf('javac', ['-d', classes, ...readdirSync(PROGRAM).map((name) => path.join(PROGRAM, name))])
      const lines = linesOf('java', ['-Xmx2g', '-cp', classes, 'Judge', list, classPath])
      return verdictOf(lines, root, `javac with ${jars.length} libraries of the machine`)
    })
  },
}
