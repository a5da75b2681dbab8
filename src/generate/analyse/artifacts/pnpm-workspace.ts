/** pnpm-workspace.yaml: the packages beside the one at its side. */

import { type Format, folderOf, nameOf } from './format.ts'
import { at, textsOf } from './located.ts'
import { membersOf, packageId } from './package-json.ts'
import { readYaml } from './read-yaml.ts'
import { inFolder } from './repository.ts'

export const pnpmWorkspace: Format = {
  fits: (path) => nameOf(path) === 'pnpm-workspace.yaml',
  read: (file, sheet, repository) => {
    const folder = folderOf(file.path)
    const from = packageId(inFolder(folder, 'package.json'), repository) ?? file.path
    const patterns = textsOf(at(readYaml(file.text), 'packages'))
    for (const member of membersOf(patterns, folder, repository)) sheet.link(from, member, 'uses')
  },
}
