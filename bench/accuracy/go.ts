/**
 * Go's own type checker as an oracle: the program in `go/` checks every package of a repository from its source, with those of
 * the standard library, of `vendor` folders and of the machine; a package that is nowhere is empty.
 *
 * A file imports each file of another package that defines a name it uses; all files of an imported package are allowed,
 * and what it uses in its own package. A use is an identifier that means something of another file: a function, method,
 * type, field, constant or variable of a package; it starts in the declaration at the top of the file that it stands in.
 * Which type implements which interface is allowed: it is written nowhere. Files that the build constraints of this
 * machine leave out are not judged.
 */

import { existsSync, readdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import type { Oracle } from './oracle.ts'
import { verdictOf } from './printed.ts'
import { inTemporary, isInstalled, linesOf, listIn } from './tool.ts'

/** Where Debian's packages of Go libraries put theirs. */
const LIBRARIES = '/usr/share/gocode/src'
const PROGRAM = path.join(import.meta.dirname, 'go')

export const goOracle: Oracle = {
  name: 'go/types',
  languages: ['go'],
  judge: async (checkout, files) => {
    if (!isInstalled('go', 'version')) return 'go is not installed'
    const root = realpathSync(checkout)
    return inTemporary((folder) => {
      const list = listIn(
        folder,
        'sources',
        files.map((file) => path.join(root, file)),
      )
      const program = path.join(folder, 'uses')
      const env = { GO111MODULE: 'off', GOTOOLCHAIN: 'local', GOPROXY: 'off' }
      const sources = readdirSync(PROGRAM).map((name) => path.join(PROGRAM, name))
      linesOf('go', ['build', '-o', program, ...sources], { env })
      const lines = linesOf(program, [list, ...(existsSync(LIBRARIES) ? [LIBRARIES] : [])], { env })
      const verdict = verdictOf(lines, root, 'go/types')
      return { ...verdict, note: `${verdict.note}, of ${files.length}` }
    })
  },
}
