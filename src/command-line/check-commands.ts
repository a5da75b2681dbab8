/** The commands that only check: `doctor`, `check-config`. */

import type { Command } from 'commander'
import { say, sayJson } from '#cli/terminal.ts'
import { EXIT_FAILED } from './exit-codes.ts'
import { applyFlags, type Flags } from './flags.ts'

export function addCheckCommands(program: Command): void {
  program
    .command('doctor')
    .description('check whether this machine can run docspool')
    .option('--json', 'print one JSON object per check')
    .action(async (flags: Flags & { json?: boolean }) => {
      const { config } = applyFlags(flags, { isSilent: true })
      const { examine, findingFields, findingText } = await import('#cli/doctor.ts')
      const findings = await examine(config)
      if (flags.json === true) sayJson(findings.map(findingFields))
      else for (const finding of findings) say(findingText(finding))
      process.exitCode = findings.every((finding) => finding.ok) ? 0 : EXIT_FAILED
    })

  program
    .command('check-config')
    .description('check the settings and print warnings, without starting anything')
    .action(async (flags: Flags) => {
      const { config } = applyFlags(flags, { isSilent: true })
      const { checkConfig } = await import('#cli/check-config.ts')
      say(checkConfig(config).trimEnd())
    })
}
