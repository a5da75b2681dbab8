/** Ruby's *.gemspec: the gem, where one line sets its name to a text. The rest is a program and is not read here. */

import type { Format } from './format.ts'

const NAME = /^\s*(\w+)\.name\s*=\s*(['"])([\w.-]+)\2(?:\.freeze)?\s*(?:#.*)?$/

export const gemspec: Format = {
  fits: (path) => path.endsWith('.gemspec'),
  read: (file, sheet) => {
    const found = file.text.split('\n', 500).flatMap((line, index) => {
      const name = line.length > 300 ? undefined : NAME.exec(line)?.[3]
      return name === undefined ? [] : [{ name, line: index + 1 }]
    })
    const [only] = found
    if (only !== undefined && found.length === 1) {
      sheet.add({ kind: 'package', name: only.name, startLine: only.line, endLine: only.line })
    }
  },
}
