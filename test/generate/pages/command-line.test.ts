import assert from 'node:assert/strict'
import { test } from 'node:test'
import { synopsisIn, usageIn } from '#generate/pages/commands/usage-text.ts'
import { analysedSample, pagesOf } from './real-sample.ts'
import { document, file } from './sample.ts'

const FILES = {
  'pyproject.toml': '[project]\nname = "orbit"\n[project.scripts]\norbit = "orbit.cli:main"\n',
  'orbit/__init__.py': '',
  'orbit/cli.py': `import click
from orbit import options

@click.group()
def main():
    """Plans orbits."""

@main.command()
@click.argument("body")
@click.option("-b", "--burns", default=4, help="How many | at most.")
@click.option("--fast/--safe", help="How fast.")
@options.verbose
def plan(body, burns, verbose):
    """Plans one."""

@main.command()
@click.option(NAME)
def draw(name):
    """Draws one."""
`,
  'orbit/options.py':
    'import click\n\nverbose = click.option("-v", "--verbose", is_flag=True, default=True, help="Says more.")\n',
  'tests/test_cli.py': 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--none")\n',
  'scripts/release.py': 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--none")\n',
}

const plain = (text = ''): string => text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')

test('the overview has the commands of a program, a page of its own their options, each with its line', async () => {
  const { markdown, verification } = document(await analysedSample(FILES))
  assert.deepEqual(verification.faults, [])
  const overview = plain(markdown.get('overview.md'))
  assert.match(overview, /^## Command line\n\n`orbit`: Plans orbits\. · Options\n/m)
  assert.match(overview, /\| `orbit plan` +\| Plans one\. +\|/)
  assert.doesNotMatch(overview, /--burns|are not listed/)
  const page = plain(markdown.get('command-line.md'))
  assert.match(page, /^### `orbit plan`$/m)
  assert.match(page, /\| `-b, --burns INTEGER` +\| `4` +\| How many \\\| at most\. +\|/)
  assert.match(page, /\| `-v, --verbose` +\| `True` +\| Says more\. +\|/)
  assert.doesNotMatch(page, /--none/)
  const entries = markdown.get('orbit.md') ?? ''
  assert.match(entries, /^@main\.command\(\)\n@click\.argument\("body"\)\n@options\.verbose\ndef plan/m)
  assert.match(entries, /^@click\.option\(NAME\)\ndef draw/m)
  assert.equal(page.match(/Options added elsewhere in the code are not listed\./g)?.length, 1)
  assert.match(markdown.get('command-line.md') ?? '', /\[`-b, --burns INTEGER`\]\([^)]*orbit\/cli\.py#L10\)/)
})

test('commands without a description are told by the help text that names them; others are named together', async () => {
  const pages = document(
    await analysedSample({
      ...FILES,
      'orbit/cli.py': FILES['orbit/cli.py'].replaceAll(/ {4}"""(?:Plans|Draws) one\."""\n/g, '    pass\n'),
      'help.txt':
        'orbit plan --all         Plans all.\norbit plan <body>        Plans the burns\n                         of one body.\n',
      'docs/ja-jp/help.md': '```\norbit draw   Zeichnet.\n```\n',
    }),
  )
  const overview = plain(pages.markdown.get('overview.md'))
  assert.match(overview, /\| `orbit plan` +\| Plans all\. +\|/)
  assert.match(overview, /\n\nAlso: `orbit draw`\n/)
})

test('a program may begin in a function beside its parser, in the file of its package', async () => {
  const code = 'import click\n\n@click.command()\n@click.option("--far", help="Goes far.")\ndef main():\n    pass\n\n'
  const { markdown } = document(
    await analysedSample({
      'pyproject.toml':
        '[project]\nname = "orbit"\n[project.scripts]\norbit = "orbit:patched"\norbitd = "orbitd:main [d]"\n',
      'src/orbit/__init__.py': `${code}def patched():\n    main()\n`,
      'src/orbitd/__init__.py': code,
    }),
  )
  assert.match(plain(markdown.get('command-line.md')), /^## `orbit`\n.*Goes far.*^## `orbitd`\n.*Goes far/ms)
})

test('of two programs that begin in a file, the one whose function parses options has them', async () => {
  const texts = {
    'pyproject.toml':
      '[project]\nname = "orbit"\n[project.scripts]\norbit = "orbit.cli:run"\norbitd = "orbit.cli:serve"\n',
    'orbit/__init__.py': '',
    'orbit/cli.py':
      'import argparse\n\ndef run():\n    pass\n\ndef serve():\n    parser = argparse.ArgumentParser()\n    parser.add_argument("--port", help="Where it listens.")\n    parser.parse_args()\n',
  }
  const overview = plain(document(await analysedSample(texts)).markdown.get('overview.md'))
  assert.match(overview, /^`orbitd`/m)
  assert.doesNotMatch(overview, /^`orbit`(?! \()/m)
})

test('a script beside a program in another language is not that program', async () => {
  const texts = {
    'Package.swift': 'let package = Package(name: "Orbit", targets: [.target(name: "Orbit")])\n',
    'Sources/Orbit/Orbit.swift': 'public struct Orbit {}\n',
    'utils/fix/Package.swift':
      'let package = Package(name: "Fix", products: [.executable(name: "Fix", targets: ["Fix"])], targets: [.executableTarget(name: "Fix")])\n',
    'utils/fix/Sources/Fix/main.swift': 'print(1)\n',
    'utils/code.py':
      'import argparse\n\ndef main():\n    parser = argparse.ArgumentParser()\n    parser.add_argument("--port", help="Where it listens.")\n    parser.parse_args()\n\nmain()\n',
  }
  assert.doesNotMatch(plain(document(await analysedSample(texts)).markdown.get('overview.md')), /`Fix`: |--port/)
})

test('options that all commands have are told once', async () => {
  const commands = ['fly', 'land', 'wait'].map(
    (name) =>
      `@main.command()\n@click.option("--loud", is_flag=True, help="Says more.")\n@click.option("--${name}-at", help="When to ${name}.")\ndef ${name}():\n    """Does it."""\n`,
  )
  const { markdown } = document(
    await analysedSample({
      ...FILES,
      'orbit/cli.py': `import click\n\n@click.group()\ndef main():\n    """Plans orbits."""\n\n${commands.join('\n')}`,
    }),
  )
  const page = plain(markdown.get('command-line.md'))
  assert.match(page, /^### Options of all commands\n\n[^#]*`--loud`/m)
  assert.equal(page.match(/`--loud`/g)?.length, 1)
  assert.match(page, /^### `orbit land`\n\n[^#]*`--land-at/m)
})

test('the entry of a constant that is an option says which', async () => {
  const { markdown } = document(await analysedSample(FILES))
  const pages = [...markdown].filter(([page]) => page.startsWith('orbit')).map(([, text]) => text)
  assert.ok(pages.some((text) => /#+ `verbose`[\s\S]{0,400}\| \[`-v, --verbose`\]/.test(text)))
})

test('options that a switch over the arguments tells apart are told beside those of the parser', async () => {
  const { markdown } = document(
    await analysedSample({
      'go.mod': 'module example.org/orbit\n',
      'main.go':
        'package main\n\nimport (\n\t"flag"\n\t"os"\n\t"strings"\n)\n\nfunc main() {\n\tfor _, arg := range os.Args[1:] {\n\t\tif strings.HasPrefix(arg, "--trace") {\n\t\t\tcontinue\n\t\t}\n\t\tswitch arg {\n\t\tcase "-h", "--help":\n\t\t\treturn\n\t\tcase "plan":\n\t\t\treturn\n\t\t}\n\t}\n\tif os.Args[1] == "--version" {\n\t\treturn\n\t}\n\tflag.String("comp", "", "")\n\tflag.Parse()\n}\n',
      'flags.go': 'package main\n\nimport "flag"\n\n// name of the body\nvar body = flag.String("body", "Earth", "")\n',
    }),
  )
  const page = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  const section = page.slice(page.indexOf('## Command line'))
  for (const option of ['`-comp`', '`--trace`']) assert.ok(section.includes(option), option)
  // Every program has the others.
  assert.doesNotMatch(section, /`plan`|--help|--version/)
  assert.match(section, /^## Command line\n\n`orbit`\n/)
  assert.doesNotMatch(section, /may be more/)
})

test('a command that only holds a type is what the type says', async () => {
  const { markdown } = document(
    await analysedSample({
      'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
      'src/main.rs':
        'mod burn;\nuse burn::Burn;\nuse clap::Parser;\n\n/// Plans orbits.\n#[derive(Parser)]\nenum Cli {\n    Burn(Burn),\n    Plan(burn::Plan),\n}\n\nfn main() {\n    Cli::parse();\n}\n',
      'src/burn.rs':
        'use clap::Parser;\n\n/// Burns once.\n#[derive(Parser)]\npub struct Burn {\n    #[arg(long)]\n    pub hard: bool,\n}\n\n#[derive(Parser)]\npub struct Plan {\n    /// Whose.\n    pub name: String,\n}\n',
    }),
  )
  const overview = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(overview, /^\| `orbit burn` \| Burns once\. \|$/m)
  assert.match(overview, /^Also: `orbit plan`$/m)
})

test('what a README says in passing does not describe an option', async () => {
  const { markdown, verification } = document(
    await analysedSample({
      'pyproject.toml': '[project]\nname = "orbit"\n[project.scripts]\norbit = "orbit.cli:main"\n',
      'README.md': '# orbit\n\n## Rewrites of mocks\n\n- Unless `--keep-mock` is passed.\n',
      'orbit/__init__.py': '',
      'orbit/cli.py': `import argparse, sys

def main():
    p = argparse.ArgumentParser()
    p.add_argument('files', nargs='*')
    p.add_argument('--keep-mock', action='store_true')
    p.parse_args()
`,
    }),
  )
  assert.deepEqual(verification.faults, [])
  const overview = (markdown.get('overview.md') ?? '').replaceAll(/\]\([^)]*\)/g, ']')
  assert.doesNotMatch(overview, /Rewrites of mocks/)
})

test('flags that a library or its tests parse are no command line', async () => {
  const parses = (name: string): string =>
    `package ${name}\n\nimport "flag"\n\nfunc Flags() *flag.FlagSet {\n\tfs := flag.NewFlagSet("orbit", flag.ContinueOnError)\n\tfs.String("body", "Earth", "which body")\n\treturn fs\n}\n`
  const library = { 'go.mod': 'module example.org/orbit\n', 'orbit.go': 'package orbit\n\nfunc Plan() {}\n' }
  const overviewOf = async (files: Record<string, string>): Promise<string> =>
    document(await analysedSample(files)).markdown.get('overview.md') ?? ''
  const inLibrary = { ...library, 'plan/flags.go': parses('plan') }
  assert.doesNotMatch(await overviewOf(inLibrary), /## Command line/)
  const main = { 'cmd/orbit/main.go': 'package main\n\nfunc main() {}\n' }
  assert.match(await overviewOf({ ...inLibrary, ...main }), /-body/)
  assert.doesNotMatch(await overviewOf({ ...library, ...main, 'orbittest/a.go': parses('orbittest') }), /-body/)
})

test('a helper beside the program of the name has no command line', async () => {
  const main = (body: string): string =>
    `package main\n\nimport "flag"\n\nvar body = flag.String("${body}", "Earth", "which body")\n\nfunc main() {\n\tprintln(*body)\n}\n`
  const { markdown } = document(
    await analysedSample({
      'go.mod': 'module example.org/orbit\n',
      'orbit.go': 'package orbit\n\nfunc Plan() {}\n',
      'cmd/orbit/main.go': 'package main\n\nfunc main() {}\n',
      'cmd/sleeper/main.go': main('planet'),
    }),
  )
  assert.doesNotMatch(markdown.get('overview.md') ?? '', /sleeper|-planet/)
})

test('a script in a language of little else is a tool of the project, not its command line', async () => {
  const files = (lines: number): Record<string, string> => ({
    'src/main/java/org/orbit/Main.java': `class Main {\n${'  int a;\n'.repeat(lines)}}\n`,
    'release.py':
      'import argparse\np = argparse.ArgumentParser()\np.add_argument("--image", help="The image.")\np.parse_args()\n',
  })
  for (const [lines, isTold] of [
    [5, true],
    [60, false],
  ] as const) {
    const { markdown } = document(await analysedSample(files(lines)))
    assert.equal(/--image/.test(markdown.get('overview.md') ?? ''), isTold, `${lines} lines`)
  }
})

test('a script in the files of an image is no command line', async () => {
  const script =
    'import argparse\np = argparse.ArgumentParser(prog="wait")\np.add_argument("--image", help="The image.")\np.parse_args()\n'
  for (const [folder, isTold] of [
    ['bin', true],
    ['docker/rootfs/usr/local/bin', false],
  ] as const) {
    const { markdown } = document(await analysedSample({ 'src/orbit.py': 'a = 1\n', [`${folder}/wait.py`]: script }))
    assert.equal(/--image/.test(markdown.get('overview.md') ?? ''), isTold, folder)
  }
})

test('a program of cobra is told by its usage, formatted help with a gap, and a default that is a name by its value, if that is known', async () => {
  const { markdown, verification } = document(
    await analysedSample({
      'go.mod': 'module example.org/orbit\n',
      'styles/styles.go': 'package styles\n\n// Plain has no colours.\nconst Plain = "plain"\n',
      'main.go': `package main

import "github.com/spf13/cobra"

var rootCmd = &cobra.Command{
	Use:   "orbit [SOURCE|DIR] [flags]",
	Short: "Plans orbits.",
}

func main() {
	rootCmd.Flags().StringVarP(&style, "style", "s", styles.Plain, "style name")
	rootCmd.Flags().StringVar(&theme, "theme", themes.Dark, "theme name")
	rootCmd.Flags().StringVar(&readme, "readme", "README.md", "what is read")
	rootCmd.Flags().StringVar(&config, "config", "", fmt.Sprintf("config file (%5s, 100%%)", used()))
	rootCmd.Execute()
}
`,
    }),
  )
  assert.deepEqual(verification.faults, [])
  const page = (markdown.get('overview.md') ?? '').replaceAll(/\[((?:[^[\]]|\[[^\]]*\])*)\]\([^)]*\)/g, '$1')
  assert.match(page, /`orbit \[SOURCE\|DIR\]`: Plans orbits\./)
  assert.match(page, /^\| `-s, --style <string>` \| `plain` \| style name \|$/m)
  assert.match(page, /^\| `--theme <string>` \| {1,2}\| theme name \|$/m)
  assert.match(page, /^\| `--readme <string>` \| `README\.md` \| what is read \|$/m)
  assert.match(page, /^\| `--config <string>` \| {1,2}\| config file \(…, 100%\) \|$/m)
})

test('options without help are told by the usage text that their file prints', async () => {
  const { markdown, verification } = document(
    await analysedSample({
      'orbit.gemspec':
        'Gem::Specification.new do |s|\n  s.name = "orbit"\n  s.bindir = "bin"\n  s.executables = ["orbit"]\nend\n',
      'bin/orbit': '#!/usr/bin/env ruby\nrequire "orbit/cli"\nOrbit::CLI.run\n',
      'lib/orbit/cli.rb': `require 'optparse'

module Orbit::CLI
  USAGE = <<TEXT
Usage: orbit <options> <body>
Plan a burn for <body> and print it. With no <body>,
read one.

Options
  -l, --list                List all bodies
                            and exit
  -D<name>=<value>          Define variable <name> as <value>
      --burns=<n>           How many at most
TEXT

  # Backbone of the command line.
  def self.run(argv = ARGV)
    OptionParser.new do |o|
      o.on("-l", "--list") { list }
      o.on("-D", "--define=PAIR", String) { |pair| define(pair) }
      o.on("--burns=N") { |n| burns(n) }
    end.parse!(argv)
  end
end
`,
    }),
  )
  assert.deepEqual(verification.faults, [])
  const page = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(page, /`orbit <options> <body>`: Plan a burn for \\?<body> and print it\.\n/)
  assert.match(page, /\| `-l, --list` +\| List all bodies and exit +\|/)
  assert.match(page, /\| `-D, --define PAIR` +\| Define variable \\?<name> as \\?<value> +\|/)
  assert.match(page, /\| `--burns <n>` +\| How many at most +\|/)
})

test('a program is called as its usage text says, also where that fills in its name', () => {
  const called = (path: string, text: string): string | undefined => synopsisIn(file(path, text), 'orbit')?.text
  assert.equal(
    called('cli.rb', '  opts.banner = "#{Orbit.name} [-f file] {options} bodies..."\n'),
    'orbit [-f file] {options} bodies...',
  )
  assert.equal(called('cli.rb', '  opts.banner = "Usage: #{$0} [options]"\n'), 'orbit [options]')
  assert.equal(called('cli.js', 'meow(`\n\tUsage\n\t  $ orbit <version>\n\n\tVersion can be:\n`)'), 'orbit <version>')
  assert.equal(called('orbit.go', 'var usage = `Usage: orbit [options...] <body>\n'), 'orbit [options...] <body>')
  assert.equal(called('cli.js', '// usage: orbit is used for flights\n"usage: " + name'), undefined)
})

test('a usage text ends with its comment, here-document or string', () => {
  const options = (text: string): string[] => [...usageIn(file('a', text)).options].map((one) => one.join('='))
  const rows = '  -a  One\n  --[no-]color\tTwo\n'
  const other = '  --flag  another tool\n'
  const own = ['--color=Two', '--no-color=Two', '-a=One'].sort()
  for (const text of [
    `x = """\nUsage: orbit\n${rows}"""\ny = """\n${other}"""\n`,
    `cat <<EOF\nUsage: orbit\n${rows}EOF\ncat <<EOF\n${other}EOF\n`,
    `x = "\nUsage: orbit\n${rows}";\ny = "\n${other}";\n`,
    `#/ Usage: orbit\n${rows.replace(/^/gm, '#/ ')}\nx="\n${other}"\n`,
  ])
    for (const written of [text, text.replaceAll('\n', '\r\n')]) assert.deepEqual(options(written).sort(), own, written)
})

test('two spaces before a value do not make it a part of the words', () => {
  const text = 'const help = `\nUsage: orbit\n\n      --title  <text>  Title of it\n  -p, --port  <n> of ports\n`\n'
  const found = usageIn(file('a', text)).rows.map(({ value, text: words }) => `${value} ${words}`)
  assert.deepEqual(found, ['<text> Title of it', ' <n> of ports'])
})

test('choices in braces are the value of an option, also in formatted text', () => {
  const text =
    'print!("\nUSAGE:\n    hx\n\n    -g, --grammar {{fetch|build}}    Gets or builds\n    --log {on|off}  Logs\n");\n'
  const found = usageIn(file('a.rs', text)).rows.map(({ names, value }) => [...names, value].join(' '))
  assert.deepEqual(found, ['-g --grammar {fetch|build}', '--log {on|off}'])
})

test('a program named like a module of Python is run as one, and is no command if its file is no program', async () => {
  const overviewOf = async (end: string): Promise<string> => {
    const code = `import argparse\n\ndef main():\n    parser = argparse.ArgumentParser(prog="orbit.web")\n    parser.add_argument("--port", help="Where it listens.")\n    parser.parse_args()\n${end}`
    const files = { 'pyproject.toml': '[project]\nname = "orbit"\n', 'orbit/__init__.py': '', 'orbit/web.py': code }
    return document(await analysedSample(files)).markdown.get('overview.md') ?? ''
  }
  assert.match(await overviewOf('\nif __name__ == "__main__":\n    main()\n'), /`python -m orbit\.web`[\s\S]*`--port/)
  assert.doesNotMatch(await overviewOf(''), /--port/)
})

test('an option whose value is one space before its words has them', () => {
  const text =
    'const help = `\nUsage: orbit [options]\n\n  -p, --port <port>  Port\n  -s, --static <dir> Static files\n  -x <a> <B>  Two\n`\n'
  assert.deepEqual(Object.fromEntries(usageIn(file('a', text)).options), {
    '-p': 'Port',
    '--port': 'Port',
    '-s': 'Static files',
    '--static': 'Static files',
    '-x': 'Two',
  })
})

test('a synopsis is found in text with any line breaks, and looked for in time', () => {
  assert.equal(synopsisIn(file('a', 'Usage:\r\n\r\n  orbit <body>\r\n'), 'orbit')?.text, 'orbit <body>')
  const before = process.cpuUsage()
  assert.equal(synopsisIn(file('a', 'usage\n'.repeat(16_000)), 'orbit'), undefined)
  assert.ok(process.cpuUsage(before).user < 150_000)
})

test('options take text and argument from the help text that another file prints', async () => {
  const { markdown } = document(
    await analysedSample({
      'go.mod': 'module example.org/orbit\n',
      'main.go':
        'package main\n\nimport (\n\t"flag"\n\t"os"\n\t"strings"\n)\n\nfunc main() {\n\tfor _, arg := range os.Args[1:] {\n\t\tif strings.HasPrefix(arg, "--comp") {\n\t\t\tcontinue\n\t\t}\n\t\tswitch arg {\n\t\tcase "-h", "-H", "--help":\n\t\t\treturn\n\t\tcase "--themes":\n\t\t\treturn\n\t\t}\n\t}\n\tflag.String("comp", "", "")\n\tflag.Parse()\n}\n',
      'help.go':
        'package main\n\nfunc usage() string {\n\treturn `\n  -h, --help            print help\n  --themes              print themes\n  --comp <shell>        print completion script\n`\n}\n',
    }),
  )
  const page = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  const [, section = ''] = page.split('## Command line')
  assert.match(
    section,
    /\| `-h, -H, --help` \| print help \|\n\| `--themes` \| print themes \|\n\| `--comp <shell>` \| print completion script \|\n\n/,
  )
})

test('a comment of the function that parses is not what the program does, and a library has no command line', async () => {
  const parser =
    'import argparse\n\ndef build():\n    """Builds the parser for callers."""\n    p = argparse.ArgumentParser()\n    p.add_argument("--fast", help="Skips checks.")\n    return p\n'
  const of = async (code: string): Promise<string> =>
    document(await analysedSample({ 'orbit/__init__.py': '', 'orbit/args.py': code })).markdown.get('overview.md') ?? ''
  assert.doesNotMatch(await of(parser), /Command line/)
  const started = await of(`${parser}\nif __name__ == "__main__":\n    build().parse_args()\n`)
  assert.match(started, /--fast/)
  assert.doesNotMatch(started.split('## Command line')[1]?.split('\n|')[0] ?? '', /Builds the parser/)
})

test('the options of a crate are those of its program, with the variables that clap reads', async () => {
  const { markdown, verification } = document(
    await analysedSample({
      'Cargo.toml': '[workspace]\nmembers = ["tools"]\n[package]\nname = "orbit"\nversion = "1.0.0"\n',
      'src/lib.rs': 'mod arguments;\npub fn run() {}\n',
      'src/main.rs': 'fn main() { orbit::run(); }\n',
      'src/arguments.rs':
        'use clap::Parser;\n\n/// CLI options for the main program.\n#[derive(Parser)]\npub struct Arguments {\n  #[arg(long, env = "ORBIT_SIZE", help = "How many burns.")]\n  size: String,\n}\n',
      'src/bin/orbit-fixture.rs':
        'use clap::Parser;\n\n#[derive(Parser)]\nstruct Fixture {\n  #[arg(long, help = "Fails.")]\n  broken: bool,\n}\n\nfn main() { Fixture::parse(); }\n',
      'tools/Cargo.toml': '[package]\nname = "tools"\nversion = "1.0.0"\npublish = false\n',
      'tools/src/main.rs':
        'use clap::Parser;\n\n#[derive(Parser)]\nstruct Tool {\n  #[arg(long)]\n  fast: bool,\n}\n\nfn main() {}\n',
    }),
  )
  assert.deepEqual(verification.faults, [])
  const page = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(page, /## Command line\n\n`orbit`\n/)
  assert.doesNotMatch(page, /Fails\./)
  assert.match(page, /`--size SIZE` +\| How many burns\. \\?\[env: ORBIT_SIZE\\?\]/)
})

test('a program for the developers of a library is not a command of users', async () => {
  const of = async (path: string): Promise<string | undefined> => {
    const pages = await pagesOf({
      'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
      'src/lib.rs': 'pub fn plan() {}\n',
      [path]:
        'use clap::Parser;\n\n#[derive(Parser)]\n#[command(name = "plan-fixture")]\nstruct Plan {\n  /// Plans faster.\n  #[arg(long)]\n  fast: bool,\n}\n\nfn main() {\n  Plan::parse();\n}\n',
    })
    return pages.get('overview.md')
  }
  assert.match((await of('src/bin/orbit.rs')) ?? '', /--fast/)
  assert.doesNotMatch((await of('src/bin/plan-fixture.rs')) ?? '--fast', /--fast|cargo install/)
})

test('the overview has eight options of a larger program: those of the README first, then those with short names', async () => {
  const names = [
    '--alpha',
    '--beta',
    '--gamma',
    '-d',
    '-e',
    '-f',
    '--eta',
    '--theta',
    '--iota',
    '--kappa',
    '--lambda',
    '--mu',
  ]
  const added = names.map(
    (name) => `p.add_argument("${name}", action="store_true", help="What ${name.replace(/-/g, '')} does.")\n`,
  )
  const { markdown } = document(
    await analysedSample({
      'pyproject.toml': '[project]\nname = "orbit"\n[project.scripts]\norbit = "orbit.cli:main"\n',
      'README.md': '# orbit\n\n```\norbit --kappa --help\n```\n',
      'orbit/__init__.py': '',
      'orbit/cli.py': `import argparse\n\ndef main():\n    p = argparse.ArgumentParser()\n    ${added.join('    ')}    p.add_argument("--bare")\n    p.parse_args()\n`,
    }),
  )
  const overview = plain(markdown.get('overview.md')).split('## Command line')[1]?.split('\n## ')[0] ?? ''
  assert.deepEqual(
    [...overview.matchAll(/^\| `(-[^`]+)`/gm)].map(([, name]) => name),
    ['--kappa', '-d', '-e', '-f', '--alpha', '--beta', '--gamma', '--eta'],
  )
  assert.match(overview, /· Options/)
})

test('options as data are those of the only parser of the package, and a file that makes a parser is no command', async () => {
  const files = {
    'pyproject.toml':
      '[project]\nname = "orbit"\n[project.scripts]\norbit = "orbit.__main__:main"\norbit-convert = "orbit.convert:main"\n',
    'orbit/__init__.py': '',
    'orbit/__main__.py': 'from orbit.parser import parse\n\ndef main():\n    parse()\n',
    'orbit/parser.py':
      'import argparse\n\ndef parse(fields):\n    parser = argparse.ArgumentParser()\n    for field in fields:\n        parser.add_argument(*field.flags, help=field.help)\n    return parser\n',
    'orbit/convert.py':
      'import argparse\n\ndef main():\n    parser = made(description="Converts.")\n    parser.add_argument("--output", default="x")\n',
  }
  const pageOf = async (more: Record<string, string>): Promise<string> =>
    plain(document(await analysedSample({ ...files, ...more })).markdown.get('overview.md')).split(
      '## Command line',
    )[1] ?? ''
  const declared = await pageOf({
    'orbit/options.py':
      'class Options:\n    burns = field(metadata=opt("-b", "--burns", group="x", help="How many at most."))\n    fast = field(metadata=opt("--fast", metavar="HOW", help="Skips checks."))\n',
  })
  assert.match(declared, /^`orbit`\n/m)
  assert.match(declared, /^\| `-b, --burns` +\| How many at most\. +\|$/m)
  assert.match(declared, /^\| `--fast HOW` +\| Skips checks\. +\|$/m)
  assert.doesNotMatch(declared, /--output|parser\.py/)
  assert.equal(await pageOf({}), '')
})

test('a program without a parser that is known is described by the help text that it prints', async () => {
  const options = ['-l, --listen {bold uri}   Where it listens', '-d, --debug              Says \\`more\\`']
  const more = Array.from({ length: 12 }, (_, at) => `--option-${at}    Sets ${at}`)
  const help = [
    '  {bold orbit} - plans',
    '',
    ...[...options, ...more].map((line) => `    ${line}`),
    '',
    '  Ask for help.',
  ]
  const { markdown, verification } = document(
    await analysedSample({
      'package.json': '{"name": "orbit", "version": "1.0.0", "bin": {"orbit": "./src/main.js"}}',
      'src/main.js': `export const usage = style\`\n${help.join('\n')}\n\`\nconsole.log(usage)\n`,
    }),
  )
  assert.deepEqual(verification.faults, [])
  assert.match(plain(markdown.get('overview.md')), /`orbit` · Options\n[\s\S]*`-d, --debug` \| Says `more`/)
  const page = markdown.get('command-line.md') ?? ''
  assert.match(
    page,
    /```text\norbit - plans\n\n {2}-l, --listen uri {3}Where it listens\n {2}-d, --debug {14}Says `more`\n/,
  )
  assert.match(page, /\nAsk for help\.\n```/)
})

test('a script is described by the text of its usage function, also far below', async () => {
  const rows = [
    '--name \\"x\\"     Sets the name',
    '--path on/off    Shows \\$PATH',
    '--one    Sets one',
    '--two    Sets two',
  ]
  const usage = `usage() { printf "%s" "\\\nUsage: orbit --option\n\n${rows.map((row) => `    ${row}`).join('\n')}\n"; }\n`
  const { markdown } = document(
    await analysedSample({ orbit: `#!/bin/bash\n${'# a long table\n'.repeat(8_000)}${usage}usage\n` }),
  )
  const overview = plain(markdown.get('overview.md'))
  assert.match(overview, /`--name` \| Sets the name/)
  assert.match(overview, /`--path` \| Shows \$PATH/)
})

test('a file of a class is no command', async () => {
  const parser = (at: string): Record<string, string> => ({
    [at]: `#!/usr/bin/env ruby\nrequire 'optparse'\nOptionParser.new do |o|\n  o.on('-x', '--extra [BODY]', 'More of it')\nend.parse!\n`,
  })
  const overviewOf = async (files: Record<string, string>): Promise<string> =>
    document(await analysedSample({ 'lib/orbit.rb': 'module Orbit\nend\n', ...files })).markdown.get('overview.md') ??
    ''
  assert.match(await overviewOf(parser('bin/orbit')), /--extra/)
  assert.doesNotMatch(await overviewOf(parser('lib/orbit/complete.rb')), /--extra/)
})

test('a group of commands whose text repeats its name has no row, and one more row replaces a line about it', async () => {
  const subcommands = Array.from(
    { length: 23 },
    (_, at) => `@plan.command(help="Reads file ${at} of all plans.")\ndef c${at}():\n    pass\n`,
  )
  const { markdown } = document(
    await analysedSample({
      ...FILES,
      'orbit/cli.py': `import click\n\n@click.group()\ndef main():\n    """Plans orbits."""\n\n@main.group()\ndef plan():\n    """Plan command group"""\n\n@main.command()\ndef draw():\n    """Draws one."""\n\n@main.command()\ndef show():\n    """Shows one."""\n\n${subcommands.join('\n')}`,
    }),
  )
  const page = markdown.get('overview.md') ?? ''
  assert.doesNotMatch(page, /command group|And 1 more|^Also/m)
  assert.match(page, /orbit plan c22`/)
})

test('a parser in a package of Go without a main function is no program, nor is a module of Python beside the installed ones', async () => {
  const parser = (name: string): string =>
    `package ${name}\n\nimport "flag"\n\nvar body = flag.String("body-of-${name}", "Earth", "which body")\n`
  const go = document(
    await analysedSample({
      'go.mod': 'module example.org/orbit\n',
      'cmd/orbit/main.go': `${parser('main')}\nfunc main() {\n\tprintln(*body)\n}\n`,
      'cmd/orbit/cli/main.go': `${parser('cli')}\nfunc Run() {\n\tprintln(*body)\n}\n`,
    }),
  )
  assert.match(go.markdown.get('overview.md') ?? '', /-body-of-main/)
  assert.doesNotMatch([...go.markdown.values()].join('\n'), /^\[?`cli`/m)
  const server =
    'import argparse\n\nif __name__ == "__main__":\n    p = argparse.ArgumentParser(description="Serves plans.")\n    p.add_argument("--port", help="The port.")\n    p.parse_args()\n'
  const overviewOf = async (readme: string): Promise<string> =>
    document(await analysedSample({ ...FILES, 'README.md': readme, 'orbit/server.py': server })).markdown.get(
      'overview.md',
    ) ?? ''
  assert.doesNotMatch(await overviewOf('# Orbit\n'), /server\.py`.*Serves/)
  assert.match(await overviewOf('# Orbit\n\nStart `python orbit/server.py`.\n'), /server\.py`.*Serves/)
})
