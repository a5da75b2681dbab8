/** Examples for the help of the program and its commands, and for docs/commands.md. */

import { greatest } from '#base/long-arrays.ts'

/** Without the program's name. */
type Example = readonly [line: string, meaning: string]

export const EXAMPLES: readonly Example[] = [
  ['up --document ../my-project', 'start docspool and document a folder'],
  ['up --port 8080 --spool-dir /srv/spool', 'another port, another folder for jobs and documents'],
  ['submit https://github.com/pallets/flask --wait', 'from another terminal'],
  ['submit https://github.com/pallets/flask -c 3.0.0', 'a tag; returns at once'],
  ['generate . --site -o site', 'write a static site, without a server'],
  ['generate . --site --versions latest,v2.0,v1.4 -o site', 'three versions, with a switcher'],
  ['generate https://github.com/pallets/flask -c 3.0.0 -o flask-docs', 'Markdown and data of a tag'],
  ['diff --repo . v1.2.0 HEAD', 'what changed for users'],
  ['diff old-docs new-docs --format markdown', 'two folders that generate wrote'],
  ['demo https://github.com/pallets/flask', 'fails if a page or a link is wrong'],
  ['wait pallets/flask', 'the newest job of a repository'],
  ['cancel pallets/flask', 'the newest job of a repository'],
  ['retry pallets/flask -c 3.0.0', 'the job of a tag'],
  ['follows add https://github.com/pallets/flask --tags "semver:>=2"', 'its default branch and these releases'],
  ['follows remove https://github.com/pallets/flask', 'the documents stay'],
  ['ask pallets/flask how are requests matched to views', 'quotes are not needed'],
  ['search Blueprint', 'a name'],
  ['search render a template in:flask', 'words, in one repository'],
  ['mcp flask-docs', 'a folder that generate wrote'],
  ['jobs --status failed --limit 5', 'the newest five'],
  ['drain --timeout 600', 'before an upgrade; resume afterwards'],
  ['fsck --documents', 'also read all documents'],
  ['gc --dry-run', 'what would be removed'],
  ['move --from ./spool --to database', 'from a folder to PostgreSQL'],
]

/** @param name - The command, with its parent commands: `follows add`. Empty for the program. */
function examplesOf(name: string): readonly Example[] {
  if (name !== '') return EXAMPLES.filter(([line]) => line.startsWith(`${name} `))
  return ['up', 'submit', 'generate', 'diff'].flatMap((command) => examplesOf(command).slice(0, 1))
}

/** @param program - The command that runs docspool. */
export function exampleLines(name: string, program: string): string[] {
  const examples = examplesOf(name)
  const width = greatest(examples.map(([line]) => line.length))
  return examples.map(([line, meaning]) => `${program} ${line.padEnd(width)}   # ${meaning}`)
}
