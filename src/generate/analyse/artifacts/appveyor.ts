/** AppVeyor: one build with lists of scripts. */

import { at, type Located } from '#generate/formats/located.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import type { Format } from './format.ts'
import { addCommands } from './script-lines.ts'

const SCRIPTS = ['before_build', 'build_script', 'before_test', 'test_script']
const MAX_ITEMS = 20

export const appveyor: Format = {
  fits: (path) => /(?:^|\/)\.?appveyor\.ya?ml$/.test(path),
  read: (file, builder) => {
    const config = readYaml(file.text)
    for (const key of SCRIPTS) {
      const script = at(config, key)
      if (script === undefined) continue
      const { startLine, endLine } = script
      builder.add({ kind: 'job', name: key, startLine, endLine, detail: '' })
      for (const [index, item] of (script.items ?? [script]).slice(0, MAX_ITEMS).entries())
        addCommands(builder, lineOf(item), `${key}.${index + 1}`, '')
    }
  },
}

/** `- cmd: dotnet build`, `- sh: make`, or plain. */
function lineOf(item: Located): Located | undefined {
  return item.entries === undefined ? item : (at(item, 'cmd') ?? at(item, 'sh') ?? at(item, 'pwsh') ?? at(item, 'ps'))
}
