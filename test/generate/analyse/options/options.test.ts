import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandLinesIn, told } from './options-in.ts'

test('argparse: parsers, groups, commands; defaults in words, hidden options and computed ones', async () => {
  const lines = await told({
    'orbit.py': `import argparse

def main():
    parser = argparse.ArgumentParser(prog="orbit", description="Plans "
                                     "orbits.")
    parser.add_argument("body", help="what is orbited")
    parser.add_argument("-b", "--max-burns", type=int, default=4, help="at most (default: %(default)s)")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--fast", action="store_true", help="Coast %(default)s less")
    parser.add_argument("--mode", choices=["a", "b"])
    parser.add_argument("--debug", help=argparse.SUPPRESS)
    sub = parser.add_subparsers()
    land = sub.add_parser("land", help="Lands")
    land.add_argument("--soft", metavar="SPEED")
    for name in NAMES:
        land.add_argument(name)
`,
  })
  assert.deepEqual(lines, [
    'orbit: Plans orbits.',
    '  <body: what is orbited (orbit.py:6)',
    '  -b, --max-burns MAX_BURNS = 4: at most (orbit.py:7)',
    '  --fast: Coast less (orbit.py:9)',
    '  --mode {a,b} (orbit.py:10)',
    'land < orbit: Lands …',
    '  --soft SPEED (orbit.py:14)',
  ])
})

test('argparse: each call makes a sub-parser, even if one variable holds them all', async () => {
  const lines = await told({
    'orbit.py': `import argparse
def build():
    parser = argparse.ArgumentParser(prog="orbit")
    sub = parser.add_subparsers()
    p = sub.add_parser("land", help="Lands.")
    p.add_argument("--soft")
    p = sub.add_parser("fly", help="Flies.")
    p.add_argument("--fast")
`,
  })
  assert.deepEqual(lines, [
    'orbit',
    'land < orbit: Lands.',
    '  --soft SOFT (orbit.py:6)',
    'fly < orbit: Flies.',
    '  --fast FAST (orbit.py:8)',
  ])
})

test('clap: a command that a variable holds is continued, in its own function', async () => {
  const lines = await told({
    'Cargo.toml': '[package]\nname = "orbit"\n',
    'src/main.rs': `use clap::{Arg, Command};
fn build() -> Command {
    let mut app = Command::new("orbit").arg(Arg::new("fast").long("fast"));
    app = app.arg(Arg::new("soft").long("soft"));
    app
        .subcommand(Command::new("land").arg(Arg::new("deep").long("deep")))
}
fn other(app: Command) -> Command {
    app.arg(Arg::new("far").long("far"))
}
`,
  })
  assert.deepEqual(lines, [
    'orbit',
    '  --fast fast (src/main.rs:3)',
    '  --soft soft (src/main.rs:4)',
    'land < orbit',
    '  --deep deep (src/main.rs:6)',
  ])
})

test('argparse: choices, also those of a list with a name; arguments that may be left out or repeated', async () => {
  const lines = await told({
    'orbit.py': `import argparse

class Tool:
    def __init__(self):
        self.parser = argparse.ArgumentParser(prog="orbit")
        self.parser._operations = ["get", "set"]
        self.parser.add_argument("operation", choices=self.parser._operations, nargs="?")
        self.parser.add_argument("--mode", choices=UNKNOWN)
        self.parser.add_argument("first", nargs="+")
        self.parser.add_argument("others", nargs="*", choices=("a", "b"))
`,
  })
  assert.deepEqual(lines, [
    'orbit',
    '  <[operation] {get,set} (orbit.py:7)',
    '  --mode MODE (orbit.py:8)',
    '  <first... (orbit.py:9)',
    '  <[others...] {a,b} (orbit.py:10)',
  ])
})

test('click: groups, commands of other files, options that are shared', async () => {
  const lines = await told({
    'app/cli.py': `import click
from . import options

@click.group()
@click.version_option()
def cli():
    """Plans orbits."""

@cli.command("go")
@click.argument("body")
@options.verbose
@click.option("--burns", "-b", default=4, show_default=True, help="How many.")
@click.option("--shout/--no-shout", default=False)
def fly(body, burns, shout, verbose):
    """Flies."""
`,
    'app/options.py': `import click

verbose = click.option("-v", "--verbose", count=True, help="Says more.")
`,
  })
  assert.deepEqual(lines, [
    '',
    '  --version: Show the version and exit. (app/cli.py:5)',
    'go < ',
    '  <BODY (app/cli.py:10)',
    '  --burns, -b INTEGER = 4: How many. (app/cli.py:12)',
    '  --shout, --no-shout = --no-shout (app/cli.py:13)',
    '  -v, --verbose: Says more. (app/options.py:3)',
  ])
})

test('typer: parameters of functions', async () => {
  const lines = await told({
    'main.py': `import typer
from typing import Annotated

app = typer.Typer(help="Plans orbits.")

@app.command()
def plan(body: str = typer.Argument(...), burns: Annotated[int, typer.Option("--burns", "-b", help="How many")] = 4,
         fast: bool = typer.Option(False, help="Quickly")):
    """Plans."""
`,
  })
  assert.deepEqual(lines, [
    ': Plans orbits.',
    'plan < ',
    '  <BODY (main.py:7)',
    '  --burns, -b INTEGER = 4: How many (main.py:7)',
    '  --fast: Quickly (main.py:8)',
  ])
})

test('cobra and pflag: commands of several files, short names, values named in the usage', async () => {
  const lines = await told({
    'go.mod': 'module orbit\n',
    'main.go': `package main

import "github.com/spf13/cobra"

var rootCmd = &cobra.Command{
	Use:   "orbit <body>",
	Short: "Plans orbits.",
}

func main() {
	rootCmd.AddCommand(newLand())
	rootCmd.Flags().IntVarP(&burns, "burns", "b", 4, "how many \`N\`")
	flags := rootCmd.PersistentFlags()
	flags.Bool("fast", false, "quickly")
}
`,
    'land.go': `package main

import "github.com/spf13/cobra"

func newLand() *cobra.Command {
	cmd := &cobra.Command{Use: "land", Short: "Lands"}
	cmd.Flags().StringSlice("leg", []string{}, "a leg")
	return cmd
}
`,
  })
  assert.deepEqual(lines, [
    'orbit: Plans orbits.',
    '  <<body> (main.go:6)',
    '  -b, --burns N = 4: how many N (main.go:12)',
    '  --fast: quickly (main.go:14)',
    'land < orbit: Lands',
    '  --leg strings: a leg (land.go:7)',
  ])
})

test('flag: options of the whole program, with one dash', async () => {
  const lines = await told({
    'go.mod': 'module orbit\n',
    'main.go':
      'package main\n\nimport "flag"\n\nvar port = flag.Int("port", 80, "to listen on")\n\nfunc main() { flag.Parse() }\n',
  })
  assert.deepEqual(lines, ['', '  -port int = 80: to listen on (main.go:5)'])
})

test('kong: tags of structs, commands whose options are of other packages, embedded and hidden ones', async () => {
  const lines = await told({
    'go.mod': 'module example.org/orbit\n',
    'main.go': `package main

import (
	"github.com/alecthomas/kong"
	"example.org/orbit/burn"
)

type CLI struct {
	Version kong.VersionFlag \`short:"v" help:"Print the version."\`
	Burn    burn.Options     \`cmd:"" help:"Burn all fuel."\`
	Plan    struct {
		From    string \`arg:"" help:"Where it begins."\`
		DryRun  bool   \`help:"Only \\"say\\" it."\`
	} \`cmd:"" name:"plan-all"\`
	Man burn.Options \`cmd:"" hidden:""\`
}

func main() {
	cli := &CLI{}
	kong.Parse(cli, kong.Name("orbit"), kong.Description("Plans orbits."))
}
`,
    'burn/options.go': `package burn

type Options struct {
	MaxHTTPRate int  \`help:"How fast." default:"3" short:"r"\`
	Colour      bool \`negatable:"" default:"\${colour}"\`
	Secret      bool \`hidden:"" help:"No."\`
	Shared
}

type Shared struct {
	Log string \`help:"Where to." placeholder:"FILE"\`
	Mode string \`enum:"fast,slow" default:"fast"\`
}
`,
  })
  assert.deepEqual(lines, [
    'orbit: Plans orbits.',
    '  -v, --version: Print the version. (main.go:9)',
    'burn < orbit: Burn all fuel.',
    '  -r, --max-http-rate INT = 3: How fast. (burn/options.go:4)',
    '  --[no-]colour (burn/options.go:5)',
    '  --log FILE: Where to. (burn/options.go:11)',
    '  --mode <fast|slow> = fast (burn/options.go:12)',
    'plan-all < orbit',
    '  <from: Where it begins. (main.go:12)',
    '  --dry-run: Only "say" it. (main.go:13)',
  ])
})

test('go-flags and go-arg: tags of structs', async () => {
  const flags = await told({
    'main.go':
      'package main\n\nimport "github.com/jessevdk/go-flags"\n\nvar opts struct {\n\tVerbose []bool `short:"v" long:"verbose" description:"Say more"`\n\tOut string `long:"out" value-name:"FILE" default:"-" description:"Where to"`\n\tAdd struct {\n\t\tForce bool `long:"force" description:"Do it"`\n\t} `command:"add" description:"Add one"`\n\tArgs struct {\n\t\tFile string `description:"What to read"`\n\t} `positional-args:"yes"`\n\tinner string\n}\n\nfunc main() {\n\tflags.Parse(&opts)\n}\n',
  })
  assert.deepEqual(flags, [
    '',
    '  -v, --verbose: Say more (main.go:6)',
    '  --out FILE = -: Where to (main.go:7)',
    '  <File: What to read (main.go:12)',
    'add < : Add one',
    '  --force: Do it (main.go:9)',
  ])
  const args = await told({
    'main.go':
      'package main\n\nimport "github.com/alexflint/go-arg"\n\ntype args struct {\n\tInput string `arg:"positional"`\n\tOutput []string `arg:"-o,required" help:"Where to"`\n\tMaxSize int `arg:"--max,env:MAX" default:"4"`\n\tGet *getCmd `arg:"subcommand:get" help:"Get one"`\n\tPlain bool\n\tSkip string `arg:"-"`\n}\n\ntype getCmd struct {\n\tItem string `arg:"positional"`\n}\n\nfunc main() {\n\tvar a args\n\targ.MustParse(&a)\n}\n',
  })
  assert.deepEqual(args, [
    '',
    '  <input (main.go:6)',
    '  -o, --output STRING: Where to (main.go:7)',
    '  --max INT = 4 (main.go:8)',
    '  --plain (main.go:10)',
    'get < : Get one',
    '  <item (main.go:15)',
  ])
})

test('go-arg: a parser takes several structs, after its configuration', async () => {
  const struct = (name: string): string =>
    `type ${name} struct {\n\t${name}Path string \`arg:"--${name}" help:"Path"\`\n}\n`
  const program = (call: string): Record<string, string> => ({
    'main.go': `package main\n\nimport "github.com/alexflint/go-arg"\n\n${struct('In')}${struct('Out')}func main() {\n\tvar in In\n\tvar out Out\n\t${call}\n}\n`,
  })
  for (const call of ['arg.MustParse(&in, &out)', 'p, err := arg.NewParser(arg.Config{Program: "orbit"}, &in, &out)'])
    assert.deepEqual(
      (await told(program(call))).map((line) => line.replace(/ \(.*/, '')),
      ['', '  --In STRING: Path', '  --Out STRING: Path'],
      call,
    )
})

test('clap: attributes of types, flattened ones, subcommands, and calls', async () => {
  const lines = await told({
    'Cargo.toml': '[package]\nname = "orbit"\n',
    'src/main.rs': `use clap::{Parser, Subcommand, Args};

const HELP: &str = "How many burns.";

#[derive(Debug, Parser)]
#[command(name = "orbit", about = "Plans orbits.")]
struct Cli {
    /// The body that is orbited.
    body: String,
    #[arg(help(HELP), short('n'), long, default_value = "4", value_name("N"))]
    max_burns: u32,
    #[arg(short, long)]
    fast: bool,
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

#[derive(Args)]
struct Shared {
    #[arg(long, hide = true)]
    secret: bool,
    #[arg(long = "colour")]
    color: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Lands.
    LandSoftly { #[arg(long)] speed: f64 },
}
`,
    'src/bin/other.rs': `use clap::{Arg, Command};

fn main() {
    let _ = Command::new("other")
        .about("Does more.")
        .arg(Arg::new("all").short('a').long("all").action(ArgAction::SetTrue).help("Of all"))
        .get_matches();
}
`,
  })
  assert.deepEqual(lines, [
    'other: Does more.',
    '  -a, --all: Of all (src/bin/other.rs:6)',
    'orbit: Plans orbits.',
    '  <BODY (src/main.rs:9)',
    '  -n, --max-burns N = 4: How many burns. (src/main.rs:11)',
    '  -f, --fast (src/main.rs:13)',
    '  --colour COLOR (src/main.rs:25)',
    'land-softly < orbit',
    '  --speed SPEED (src/main.rs:31)',
  ])
})

test('commander: chains, commands with their own, values and defaults', async () => {
  const lines = await told({
    'cli.js': `const { program, Option } = require('commander')

program.name('orbit').description('Plans orbits.')
program
  .argument('<body>', 'what is orbited')
  .option('-b, --burns <number>', 'how many', '4')
  .addOption(new Option('--mode <mode>', 'how').choices(['fast', 'slow']).default('fast'))
program
  .command('land <place>')
  .description('Lands')
  .option('--soft', 'softly')
  .action(() => {})
program.parse()
`,
  })
  assert.deepEqual(lines, [
    'orbit: Plans orbits.',
    '  <body: what is orbited (cli.js:5)',
    '  -b, --burns number = 4: how many (cli.js:6)',
    '  --mode <fast|slow> = fast: how (cli.js:7)',
    'land < orbit: Lands',
    '  <place (cli.js:9)',
    '  --soft: softly (cli.js:11)',
  ])
})

test('cac, yargs, meow, parseArgs', async () => {
  const cac = await told({
    'a.ts': `import { cac } from 'cac'
const cli = cac('orbit')
cli.option('--port <port>', 'to listen on', { default: 80 })
cli.command('build [root]', 'Builds').option('-o, --out <dir>', 'where to')
`,
  })
  assert.deepEqual(cac, [
    'orbit',
    '  --port port = 80: to listen on (a.ts:3)',
    'build < orbit: Builds',
    '  <root (a.ts:4)',
    '  -o, --out dir: where to (a.ts:4)',
  ])
  const sade = await told({
    'a.js': "const sade = require('sade')\nsade('orbit [plan]').option('-b, --bail', 'Ends')\n",
  })
  assert.deepEqual(sade, ['orbit', '  <plan (a.js:2)', '  -b, --bail: Ends (a.js:2)'])
  const yargs = await told({
    'a.mjs': `import yargs from 'yargs'
yargs(process.argv)
  .option('burns', { alias: 'b', type: 'number', default: 4, describe: 'how many' })
  .command('land <place>', 'Lands', (y) => common(y).option('soft', { type: 'boolean', describe: 'softly' }))
  .parse()
function common(args) {
  return args.option('dry', { type: 'boolean' }).option('D', { type: 'boolean' })
}
`,
  })
  assert.deepEqual(yargs, [
    '',
    '  -b, --burns number = 4: how many (a.mjs:3)',
    'land < : Lands',
    '  <place (a.mjs:4)',
    '  --soft: softly (a.mjs:4)',
    '  --dry (a.mjs:7)',
    '  -D (a.mjs:7)',
  ])
  const meow = await told({
    'a.mjs': `import meow from 'meow'
meow(\`
  Options
    --any-branch, -a   Allow any branch
    --no-2fa           Skips the second factor
    --no-cache         Ignores what was kept
\`, { importMeta: import.meta, flags: { anyBranch: { type: 'boolean', shortFlag: 'a' }, tag: { type: 'string' },
  '2fa': { type: 'boolean', default: true }, cache: { type: 'boolean', aliases: ['kept'] },
  dryRun: { type: 'boolean', aliases: ['preview'] } } })
`,
  })
  assert.deepEqual(meow, [
    '',
    '  -a, --any-branch: Allow any branch (a.mjs:7)',
    '  --tag string (a.mjs:7)',
    '  --no-2fa: Skips the second factor (a.mjs:8)',
    '  --no-cache: Ignores what was kept (a.mjs:8)',
    '  --dry-run, --preview (a.mjs:9)',
  ])
  const node = await told({
    'a.mjs': `import { parseArgs } from 'node:util'
parseArgs({ options: { port: { type: 'string', short: 'p', default: '80' },
  // Deprecated: it always
  // watches
  // It prints its name.
  watch: { type: 'boolean' },

  /* Prints every step. */

  trace: { type: 'boolean' },
  dryRun: { type: 'boolean', short: 'D' } } })
`,
  })
  assert.deepEqual(node, [
    '',
    '  -p, --port string = 80 (a.mjs:2)',
    '  --watch: Deprecated: it always watches It prints its name. (a.mjs:6)',
    '  --trace (a.mjs:10)',
    '  -D, --dryRun (a.mjs:11)',
  ])
})

test('picocli: options that are mixed in, inherited and standard', async () => {
  const java = await told({
    'src/Orbit.java': `import picocli.CommandLine.*;
@Command(name = "orbit", mixinStandardHelpOptions = true)
class Orbit extends Base {
  private static class Config {
    @Option(names = "--[no]", hidden = true) boolean hidden;
    @Option(names = "--exit", negatable = true, description = "ends it") boolean exit;
  }
  @Mixin Config config = new Config();
  @ArgGroup(exclusive = false) List<Output> output;
}
`,
    'src/Base.java': `import picocli.CommandLine.*;
abstract class Base {
  @Option(names = "--base", description = "below") boolean base;
}
`,
    'src/Output.java': `import picocli.CommandLine.*;
class Output {
  @Option(names = {"-o", "--output"}, description = "where to") File to;
}
`,
  })
  assert.deepEqual(java, [
    'orbit',
    '  -h, --help: Show this help message and exit. (src/Orbit.java:2)',
    '  -V, --version: Print version information and exit. (src/Orbit.java:2)',
    '  --base: below (src/Base.java:3)',
    '  --[no-]exit: ends it (src/Orbit.java:6)',
    '  -o, --output to: where to (src/Output.java:3)',
  ])
})

test('picocli, CommandLineParser', async () => {
  const java = await told({
    'src/main/java/Orbit.java': `import picocli.CommandLine.*;

@Command(name = "orbit", description = "Plans orbits.", subcommands = {Land.class})
class Orbit implements Runnable {
  @Parameters(paramLabel = "BODY", description = "what is orbited")
  String body;
  @Option(names = {"-b", "--burns"}, description = "how many", defaultValue = "4")
  int burns;
  @Option(names = "--fast", description = "quickly")
  boolean fast;
}

@Command(name = "land", description = "Lands")
class Land {
}
`,
  })
  assert.deepEqual(java, [
    'orbit: Plans orbits.',
    '  <BODY: what is orbited (src/main/java/Orbit.java:5)',
    '  -b, --burns burns = 4: how many (src/main/java/Orbit.java:7)',
    '  --fast: quickly (src/main/java/Orbit.java:9)',
    'land < orbit: Lands',
  ])
  const dotnet = await told({
    'Flags.cs': `using CommandLine;

[Verb("fly", HelpText = "Flies.")]
class Fly {
  [Option('f', "fast", HelpText = "quickly")]
  public bool Fast { get; set; }
  [Option("burns", Default = 4, HelpText = "how many")]
  public int Burns { get; set; }
}
`,
  })
  assert.deepEqual(dotnet, [
    'fly: Flies.',
    '  -f, --fast: quickly (Flags.cs:5)',
    '  --burns value = 4: how many (Flags.cs:7)',
  ])
})

test('CommandLineParser: the class of an attribute, records, and options named after their property', async () => {
  const code = `using CommandLine;

[Verb("add", HelpText = "Adds a class from a schema.")]
public class AddOptions {
  [Option('f', "file", HelpText = "The file.")]
  public string File { get; set; }
  [Option(Required = true, HelpText = "The input.")]
  public Source Input { get; set; } = Source;
}
[Verb("drop", HelpText = "Drops it.")]
public record DropOptions {
  [Option]
  public bool Now { get; set; }
}
class Program { }
`
  assert.deepEqual(await told({ 'Flags.cs': code }), [
    'add: Adds a class from a schema.',
    '  -f, --file value: The file. (Flags.cs:5)',
    '  --input value: The input. (Flags.cs:7)',
    'drop: Drops it.',
    '  --now (Flags.cs:12)',
  ])
})

test('click: a switch with a name of its own takes no value; the names of the version option', async () => {
  const lines = await told({
    'cli.py': `import click

@click.command()
@click.version_option("1.0", "-V", "--version", help="Prints the version.")
@click.option("--shout/--no-shout", "loud", default=False)
@click.option("--count", "number", default=1)
def cli(loud, number):
    pass
`,
  })
  assert.deepEqual(lines.slice(1), [
    '  -V, --version: Prints the version. (cli.py:4)',
    '  --shout, --no-shout = --no-shout (cli.py:5)',
    '  --count INTEGER = 1 (cli.py:6)',
  ])
})

test('clap: options and commands are typed in the case of their type', async () => {
  const lines = await told({
    'Cargo.toml': '[package]\nname = "orbit"\n',
    'src/main.rs':
      '#[derive(clap::Parser)]\n#[command(name = "orbit", rename_all = "snake_case")]\nstruct Cli {\n    #[arg(long)]\n    max_burns: u32,\n    #[arg(long = "no-fuel")]\n    no_fuel: bool,\n    #[command(subcommand)]\n    run: Run,\n}\n#[derive(clap::Subcommand)]\n#[command(rename_all = "snake_case")]\nenum Run {\n    /// Lands.\n    LandSoftly { #[arg(long)] top_speed: f64 },\n}\n',
  })
  assert.deepEqual(lines, [
    'orbit',
    '  --max_burns MAX_BURNS (src/main.rs:5)',
    '  --no-fuel (src/main.rs:7)',
    'land_softly < orbit',
    '  --top_speed TOP_SPEED (src/main.rs:15)',
  ])
})

test('clap: the commands of a flattened variant are those of its enum', async () => {
  const lines = await told({
    'Cargo.toml': '[package]\nname = "orbit"\n',
    'src/main.rs':
      '#[derive(clap::Parser)]\n#[clap(name = "orbit")]\nstruct Cli {\n    #[clap(subcommand)]\n    run: Option<Run>,\n}\n#[derive(clap::Subcommand)]\nenum Run {\n    /// Lands.\n    Land,\n    /// Explore flights.\n    #[clap(flatten)]\n    Flights(Flights),\n}\n#[derive(clap::Subcommand)]\nenum Flights {\n    /// Attaches to a flight.\n    Attach { name: String },\n}\n',
  })
  assert.deepEqual(lines, ['orbit', 'land < orbit', 'attach < orbit', '  <NAME (src/main.rs:18)'])
})

test('clap: a variant is typed in lower case with hyphens between its words', async () => {
  const code = `use clap::Parser;

#[derive(Parser)]
enum Command {
    HTTPServer,
    AddUser2,
}
`
  const names = (await commandLinesIn({ 'src/main.rs': code })).map(({ name }) => name)
  assert.deepEqual(names.slice(1), ['http-server', 'add-user2'])
})

test('OptionParser and the console of Symfony', async () => {
  const ruby = await told({
    'bin/orbit.rb': `require 'optparse'

OptionParser.new do |opts|
  opts.banner = 'Usage: orbit'
  opts.on('-b', '--burns N', Integer, 'How many') { |n| n }
  opts.on('--[no-]fast', 'Quickly')
end.parse!
`,
  })
  assert.deepEqual(ruby, ['', '  -b, --burns N: How many (bin/orbit.rb:5)', '  --[no-]fast: Quickly (bin/orbit.rb:6)'])
  const lists = await told({
    'lib/orbit.rb': `require 'optparse'
def options
  [['--burns', '-b [N]', 'How many', lambda { |n| n }], ['-q', 'Say nothing.']]
end
OptionParser.new do |opts|
  options.each { |args| opts.on(*args) }
end.parse!
`,
  })
  assert.deepEqual(lists, ['', '  --burns, -b [N]: How many (lib/orbit.rb:3)', '  -q: Say nothing. (lib/orbit.rb:3)'])
  const php = await told({
    'src/Plan.php': `<?php
use Symfony\\Component\\Console\\Command\\Command;

#[AsCommand(name: 'plan', description: 'Plans.')]
class Plan extends Command
{
    protected function configure(): void
    {
        $this->addArgument('body', InputArgument::REQUIRED, 'What is orbited')
            ->addOption('burns', 'b', InputOption::VALUE_REQUIRED, 'How many', 4);
    }
}
`,
  })
  assert.deepEqual(php, [
    'plan: Plans.',
    '  -b, --burns burns = 4: How many (src/Plan.php:10)',
    '  <body: What is orbited (src/Plan.php:9)',
  ])
})

test('same names, cycles and too many commands end', async () => {
  const many = Array.from({ length: 900 }, (_, n) => `p.add_argument("--o${n}")`).join('\n')
  const lines = await told({
    'a.py': `import argparse\np = argparse.ArgumentParser()\n${many}\n`,
    'b.py': 'import click\n\n@b.command()\n@b\ndef a(): pass\n\n@a.command()\n@a\ndef b(): pass\n',
  })
  assert.equal(lines.length, 601)
})

test('click: a type tells the value, only a flag has none; computed defaults and help are told as far as they can be', async () => {
  const lines = await told({
    'app/cli.py': `import click

def where():
    return "x"

@click.command()
@click.option("--file", default=where(), help="Where from, " + str(where()) + ".")
@click.option("--quote", default="always", type=click.Choice(["always", "never"]))
@click.option("--export", default=False, type=click.BOOL)
@click.option("--over/--no-over", default=True)
@click.argument("keys", nargs=-1)
@click.argument("last", required=False)
def go(file, quote, export, over, keys, last):
    pass
`,
  })
  assert.deepEqual(lines, [
    '',
    '  --file FILE = where(): Where from, …. (app/cli.py:7)',
    '  --quote [always|never] = always (app/cli.py:8)',
    '  --export BOOLEAN (app/cli.py:9)',
    '  --over, --no-over = --over (app/cli.py:10)',
    '  <[KEYS...] (app/cli.py:11)',
    '  <[LAST] (app/cli.py:12)',
  ])
})

test('click: a flag that turns something off has no default of its own', async () => {
  const cases = [
    ['"--no-verify", "verify", is_flag=True, default=True', '--no-verify'],
    ['"-n", "--no-verify", flag_value=False, default=True', '-n, --no-verify'],
    ['"--verify", is_flag=True, default=True', '--verify = True'],
    ['"--notes", is_flag=True, default=True', '--notes = True'],
  ]
  for (const [option, shown] of cases) {
    const text = `import click\n\n@click.command()\n@click.option(${option})\ndef go(verify):\n    pass\n`
    assert.deepEqual(await told({ 'app/cli.py': text }), ['', `  ${shown} (app/cli.py:4)`])
  }
})

test('click: the default of a pair of names is one of them, whatever the second is called', async () => {
  const cases = [
    ['"--upper/--lower", default=True', '--upper, --lower = --upper'],
    ['"--upper/--lower", default=False', '--upper, --lower = --lower'],
    ['"-u/-l", "--upper/--lower", default=False', '-u, -l, --upper, --lower = --lower'],
    ['"--upper", "--big", is_flag=True, default=True', '--upper, --big = True'],
  ]
  for (const [option, shown] of cases) {
    const text = `import click\n\n@click.command()\n@click.option(${option})\ndef go(upper):\n    pass\n`
    assert.deepEqual(await told({ 'app/cli.py': text }), ['', `  ${shown} (app/cli.py:4)`])
  }
})

test('argparse: defaults are filled into help as they are; a tuple names each value', async () => {
  const cases = [
    ['"--out", default="a$$b$&", help="uses %(default)s"', '--out OUT = a$$b$&: uses a$$b$&'],
    ['"--date", default="%%Y", help="100%% %(default)s"', '--date DATE = %%Y: 100% %%Y'],
    ['"--shape", nargs=2, metavar=("W", "H")', '--shape W H'],
    ['"--shape", nargs="+", metavar=("W", "H")', '--shape W...'],
    ['"--fast", action=argparse.BooleanOptionalAction, default=False', '--fast, --no-fast = --no-fast'],
  ]
  for (const [option, shown] of cases) {
    const text = `import argparse\n\np = argparse.ArgumentParser(prog="orbit")\np.add_argument(${option})\n`
    assert.deepEqual(await told({ 'orbit.py': text }), ['orbit', `  ${shown} (orbit.py:4)`])
  }
})

test('typer: defaults by name, hidden options, a default that starts with a hyphen', async () => {
  const cases = [
    ['name: str = typer.Option(default="Bob")', ['  --name TEXT = Bob (main.py:6)']],
    ['name: str = typer.Option("-")', ['  --name TEXT = - (main.py:6)']],
    ['name: str = typer.Option("-", "--nom")', ['  --nom TEXT = - (main.py:6)']],
    ['name: Annotated[str, typer.Option("--nom")] = "-"', ['  --nom TEXT = - (main.py:6)']],
    ['name: str = typer.Option("x", hidden=True)', []],
    ['name: str = typer.Argument(hidden=True)', []],
  ] as const
  for (const [parameter, shown] of cases) {
    const text = `import typer\n\napp = typer.Typer()\n\n@app.command()\ndef plan(${parameter}, other: int = typer.Option(1)):\n    pass\n`
    assert.deepEqual(
      (await told({ 'main.py': text })).filter((line) => line.startsWith('  ')),
      [...shown, '  --other INTEGER = 1 (main.py:6)'],
      parameter,
    )
  }
})

test('click: placeholders are those of types, as click prints them', async () => {
  const lines = await told({
    'app/cli.py': `import click
from pathlib import Path

@click.command()
@click.option("--name")
@click.option("--not-null", type=str)
@click.option("--limit", type=int)
@click.option("--ratio", default=0.5)
@click.option("--at", type=click.IntRange(0, 9))
@click.option("--db", type=click.Path(dir_okay=False))
@click.option("--into", type=click.Path(file_okay=False))
@click.option("--any", type=click.Path())
@click.option("--log", type=click.File("w"))
@click.option("--param", type=(str, click.Path(exists=True)), multiple=True)
@click.option("--pair", type=(Own(), str))
@click.option("--size", type=int, nargs=2)
@click.option("--kind", type=click.Choice(KINDS))
@click.option("--own", type=Own())
@click.option("--said", type=int, metavar="N")
def go(**kwargs):
    pass
`,
    'b/main.py': `import typer

app = typer.Typer()

@app.command()
def plan(home: Optional[Path] = typer.Option(None), names: list[str] = typer.Option([]), own: Own = typer.Option(None),
         count: Annotated[int, typer.Option()] = 1, last: float | None = typer.Option(None)):
    pass
`,
  })
  assert.deepEqual(
    lines.flatMap((line) => /^ {2}(--.*) \(/.exec(line)?.[1] ?? []),
    [
      '--name TEXT',
      '--not-null TEXT',
      '--limit INTEGER',
      '--ratio FLOAT = 0.5',
      '--at INTEGER RANGE',
      '--db FILE',
      '--into DIRECTORY',
      '--any PATH',
      '--log FILENAME',
      '--param <TEXT PATH>...',
      '--pair',
      '--size INTEGER...',
      '--kind KIND',
      '--own OWN',
      '--said N',
      '--home PATH',
      '--names TEXT',
      '--own OWN',
      '--count INTEGER = 1',
      '--last FLOAT',
    ],
  )
})

test('click: a command without a name has that of its function, or that under which it is added', async () => {
  const lines = await told({
    'app/cli.py': `import click
from app.more import third_command, last

@click.group()
def cli():
    pass

@click.command()
def first_one():
    pass

@click.command()
def second():
    pass

cli.add_command(first_one)
cli.add_command(second, name="other")
cli.add_command(third_command)
cli.add_command(last)
`,
    'app/more.py':
      'import click\n\n@click.command()\ndef third_command():\n    pass\n\n@click.command("own")\ndef last():\n    pass\n',
  })
  assert.deepEqual(lines, ['', 'first-one < ', 'other < ', 'third < ', 'own < '])
})

test('clap before 4: an option takes a value when it is told so; a title is no name', async () => {
  const lines = await told({
    'src/main.rs': `use clap::{App, Arg};
fn main() {
    App::new("List the orbits")
        .arg(Arg::with_name("dirs").multiple(true))
        .arg(Arg::with_name("body").required(true))
        .arg(Arg::with_name("sort").long("sort").help("Sorts."))
        .arg(Arg::with_name("depth").long("depth").takes_value(true))
        .arg(Arg::with_name("old").long("old").hidden(true))
        .get_matches();
}
`,
  })
  assert.deepEqual(lines, [
    '',
    '  <[dirs...] (src/main.rs:4)',
    '  <body (src/main.rs:5)',
    '  --sort: Sorts. (src/main.rs:6)',
    '  --depth depth (src/main.rs:7)',
  ])
})

test('clap: names of several values, and long help up to the end of a sentence', async () => {
  const sentence = 'Says what is done with it. '
  const [line] = await commandLinesIn({
    'Cargo.toml': '[package]\nname = "orbit"\n',
    'src/main.rs': `use clap::{Arg, Command};
fn main() {
    Command::new("orbit")
        .arg(Arg::new("scan").long("scan").num_args(3).value_names(["VAR", "MIN", "MAX"]).help("Scans."))
        .arg(Arg::new("step-size").long("step").num_args(1).value_names(["DELTA"]).help("${sentence.repeat(60)}"))
        .get_matches();
}
`,
  })
  assert.deepEqual(
    line?.options.map(({ names, value }) => [...names, value].join(' ')),
    ['--scan <VAR> <MIN> <MAX>', '--step DELTA'],
  )
  assert.match(line?.options[1]?.text ?? '', /^Says[^…]* with it\.$/)
})

test('argparse: what functions add to the parsers that they are given, shared parents, and what nobody can follow', async () => {
  const lines = await told({
    'orbit/cli.py': `import argparse
from orbit.log import add_logging

def add_land(commands, shared):
    land = commands.add_parser("land", parents=[shared])
    land.add_argument("--soft")
    add_speed(land)

def add_speed(parser):
    parser.add_argument("--speed")

def shown(parser):
    return str(parser)

def main():
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--quiet")
    parser = argparse.ArgumentParser(prog="orbit", parents=[shared])
    sub = parser.add_subparsers()
    add_land(sub, shared=shared)
    fly = sub.add_parser("fly")
    add_logging(fly)
    unknown(fly)
    shown(parser)
`,
    'orbit/log.py': `import argparse

def add_logging(parser):
    parser.add_argument("--log")
`,
  })
  assert.deepEqual(lines, [
    'orbit',
    '  --quiet QUIET (orbit/cli.py:17)',
    'fly < orbit …',
    '  --log LOG (orbit/log.py:4)',
    'land < orbit',
    '  --soft SOFT (orbit/cli.py:6)',
    '  --speed SPEED (orbit/cli.py:10)',
    '  --quiet QUIET (orbit/cli.py:17)',
  ])
})

test('argparse: an option that a function adds for some of its callers is told of those', async () => {
  const lines = await told({
    'cli.py': `import argparse

def add_output(parser, *, snapshot=False):
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--output")
    if snapshot:
        group.add_argument("--json")
    else:
        group.add_argument("--text")

def main():
    parser = argparse.ArgumentParser(prog="orbit")
    sub = parser.add_subparsers()
    land = sub.add_parser("land")
    add_output(land)
    show = sub.add_parser("show")
    add_output(show, snapshot=True)
    wait = sub.add_parser("wait")
    add_output(wait, snapshot=chosen())
`,
  })
  assert.deepEqual(lines, [
    'orbit',
    'land < orbit',
    '  --output OUTPUT (cli.py:5)',
    '  --text TEXT (cli.py:9)',
    'show < orbit',
    '  --output OUTPUT (cli.py:5)',
    '  --json JSON (cli.py:7)',
    'wait < orbit …',
    '  --output OUTPUT (cli.py:5)',
  ])
})

test('argparse: defaults, choices and help that name constants and enums; flags of other kinds', async () => {
  const lines = await told({
    'orbit/modes.py': `import enum

OLDEST = "3.10"

class Mode(str, enum.Enum):
    SLOW = "slow"
    FAST = "fast"
`,
    'orbit/cli.py': `import argparse
from orbit.modes import _MODE, OLDEST, Mode

class Old(argparse.Action):
    def __init__(self, names, dest, **kwargs):
        super().__init__(names, dest, nargs=0, **kwargs)

def main():
    parser = argparse.ArgumentParser(prog="orbit")
    parser.add_argument("--mode", choices=[mode.value for mode in Mode], default=Mode.SLOW)
    parser.add_argument("--other", choices=list(Mode), default=_MODE, help=(f"'{Mode.FAST}' is quick. " "Otherwise it is slow."))
    parser.add_argument("--python", default=OLDEST, help=f"At least {OLDEST}; {where()} is used.")
    parser.add_argument("--old", action=Old)
    parser.add_argument("--log", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("rest", metavar="app ...", nargs=argparse.REMAINDER)
`,
  })
  assert.deepEqual(lines, [
    'orbit',
    '  --mode {slow,fast} = slow (orbit/cli.py:10)',
    "  --other {slow,fast}: 'fast' is quick. Otherwise it is slow. (orbit/cli.py:11)",
    '  --python PYTHON = 3.10: At least 3.10; … is used. (orbit/cli.py:12)',
    '  --old (orbit/cli.py:13)',
    '  --log, --no-log = --log (orbit/cli.py:14)',
    '  <app... (orbit/cli.py:15)',
  ])
})

test('clap and cobra: options that are made elsewhere are more than the code writes out', async () => {
  const rust = await told({
    'src/main.rs':
      'use clap::{Arg, Command};\nfn main() {\n  let colour = Arg::new("colour").long("colour");\n  Command::new("orbit").arg(Arg::new("fast").long("fast")).arg(colour.clone());\n  Command::new("other").arg(Arg::new("slow").long("slow"));\n}\n',
  })
  assert.deepEqual(
    rust.filter((line) => !line.startsWith(' ')),
    ['orbit …', 'other'],
  )
  const go = await told({
    'main.go':
      'package main\n\nimport "github.com/spf13/cobra"\n\nvar root = &cobra.Command{Use: "orbit"}\nvar land = &cobra.Command{Use: "land"}\n\nfunc main() {\n\troot.Flags().Bool("fast", false, "")\n\tland.Flags().Bool("slow", false, "")\n\troot.AddCommand(land)\n\tAddLoggingFlags(land.Flags())\n\tviper.BindPFlags(root.Flags())\n}\n',
  })
  assert.deepEqual(
    go.filter((line) => !line.startsWith(' ')),
    ['orbit', 'land < orbit …'],
  )
})

test('clap: groups written by hand, groups of elsewhere, and values of enums as they are typed', async () => {
  const lines = await told({
    'Cargo.toml': '[package]\nname = "orbit"\n',
    'src/main.rs': `use clap::{Arg, ArgAction, Command, Parser, ValueEnum};

#[derive(Parser)]
#[command(name = "orbit")]
struct Cli {
    #[arg(long, value_enum, default_value_t = When::NotNow)]
    color: When,
    #[arg(long, value_enum, default_value_t = When::Ever, help = "Links.{n}Always.")]
    links: When,
    #[command(flatten)]
    exec: Exec,
    #[arg(long, value_enum, default_value_t)]
    mode: When,
    #[arg(long, default_value_t)]
    level: Level,
    #[arg(long, default_value(formatcp!("{SIZE}")))]
    size: String,
}

#[derive(Clone, Default, ValueEnum)]
enum When {
    #[default]
    NotNow,
    #[value(name = "always")]
    Ever,
    #[value(skip)]
    Unset,
}

struct Exec;

impl clap::Args for Exec {
    fn augment_args(cmd: Command) -> Command {
        cmd.arg(Arg::new("exec").long("exec").short('x').value_name("cmd").help("Runs it"))
    }
    fn augment_args_for_update(cmd: Command) -> Command {
        Self::augment_args(cmd)
    }
}
`,
    'src/bin/other.rs': `use clap::Parser;

#[derive(Parser)]
#[command(name = "other")]
struct Other {
    #[arg(long)]
    fast: bool,
    #[command(flatten)]
    verbose: clap_verbosity_flag::Verbosity,
}
`,
  })
  assert.deepEqual(lines, [
    'other …',
    '  --fast (src/bin/other.rs:7)',
    'orbit',
    '  --color <not-now|always> = not-now (src/main.rs:7)',
    '  --links <not-now|always> = always: Links. Always. (src/main.rs:9)',
    '  --mode <not-now|always> = not-now (src/main.rs:13)',
    '  --level LEVEL = Level::default() (src/main.rs:15)',
    '  --size SIZE = SIZE (src/main.rs:17)',
    '  -x, --exec cmd: Runs it (src/main.rs:34)',
  ])
})

test('commands and options that help does not list are not told', async () => {
  const clap = `use clap::{Arg, Command};

fn main() {
    let _ = Command::new("orbit")
        .subcommand(Command::new("land").about("Lands.").arg(Arg::new("fast").long("fast")))
        .subcommand(Command::new("debug").hide(true).arg(Arg::new("deep").long("deep")))
        .get_matches();
}
`
  const cases: [files: Record<string, string>, expected: string[]][] = [
    [{ 'src/main.rs': clap }, ['orbit', 'land < orbit: Lands.', '  --fast fast (src/main.rs:5)']],
    [
      {
        'src/main.rs':
          '#[derive(clap::Parser)]\nenum Orbit {\n    Land { #[arg(long)] fast: bool },\n    #[command(hide = true)]\n    Debug { #[arg(long)] deep: bool },\n}\n',
      },
      ['', 'land < ', '  --fast (src/main.rs:3)'],
    ],
    [
      {
        'main.go':
          'package main\n\nimport "github.com/spf13/cobra"\n\nvar root = &cobra.Command{Use: "orbit"}\nvar debug = &cobra.Command{Use: "debug", Hidden: true}\n\nfunc main() {\n\troot.AddCommand(debug)\n\tdebug.Flags().Bool("deep", false, "deeply")\n\troot.Flags().Bool("fast", false, "quickly")\n\troot.Flags().Bool("secret", false, "no")\n\troot.Flags().MarkHidden("secret")\n}\n',
      },
      ['orbit', '  --fast: quickly (main.go:11)'],
    ],
    [
      {
        'main.go':
          'package main\n\nimport "github.com/spf13/cobra"\n\nvar root = &cobra.Command{Use: "orbit", Hidden: false}\n\nfunc main() {\n\troot.Flags().Bool("fast", false, "quickly")\n}\n',
      },
      ['orbit', '  --fast: quickly (main.go:8)'],
    ],
    [
      {
        'cli.py':
          'import click\n\n@click.group()\ndef orbit():\n    pass\n\n@orbit.command()\ndef land():\n    pass\n\n@orbit.command(hidden=True)\n@click.option("--deep")\ndef debug():\n    pass\n',
      },
      ['', 'land < '],
    ],
    [
      {
        'cli.js':
          "const { program } = require('commander')\nprogram.name('orbit')\nprogram.command('land').option('-f, --fast', 'quickly')\nprogram.command('debug', { hidden: true }).option('-d, --deep', 'deeply')\n",
      },
      ['orbit', 'land < orbit', '  -f, --fast: quickly (cli.js:3)'],
    ],
  ]
  for (const [files, expected] of cases) assert.deepEqual(await told(files), expected)
})

test('flags of pflag: dashes, values and arguments as pflag defines them', async () => {
  const flags = [
    ['BoolP("verbose", "v", false, "talk")', '-v, --verbose: talk'],
    ['Int("v", 0, "level")', '--v int = 0: level'],
    ['StringToString("label", nil, "labels")', '--label stringToString: labels'],
    ['StringArray("arr", nil, "x")', '--arr stringArray: x'],
    ['StringSlice("list", nil, "x")', '--list strings: x'],
    ['Int32("n", 3, "x")', '--n int32 = 3: x'],
    ['Int64("m", 3, "x")', '--m int = 3: x'],
    ['Float64("f", 3, "x")', '--f float = 3: x'],
    ['BytesHex("hex", nil, "x")', '--hex bytesHex: x'],
    ['IPNetP("net", "N", nil, "x")', '-N, --net ipNet: x'],
    ['IPNetSlice("nets", nil, "x")', '--nets ipNetSlice: x'],
    ['Duration("wait", 5*time.Second, "x")', '--wait duration = 5*time.Second: x'],
    ['DurationSlice("waits", nil, "x")', '--waits durationSlice: x'],
    ['Time("since", start, []string{"2006"}, "first")', '--since time: first'],
    ['Func("each", "x", run)', '--each value: x'],
    ['VarPF(x, "level", "l", "x")', '-l, --level value: x'],
  ] as const
  const calls = flags.map(([call]) => `\tcmd.Flags().${call}\n`).join('')
  const lines = await told({
    'main.go': `package main\n\nimport "github.com/spf13/cobra"\n\nvar cmd = &cobra.Command{Use: "tool"}\n\nfunc init() {\n${calls}}\nfunc main() { cmd.Execute() }\n`,
  })
  assert.deepEqual(
    lines.slice(1).map((line) => line.trim().replace(/ \(main.*/, '')),
    flags.map(([, shown]) => shown),
  )
})

test('flags of urfave/cli: switches, names of values, aliases', async () => {
  const flags = [
    ['&cli.StringFlag{Name: "config", Usage: "Load from `FILE`"}', '--config FILE: Load from FILE'],
    ['cli.BoolTFlag{Name: "loud"}', '--loud'],
    ['&cli.BoolWithInverseFlag{Name: "env"}', '--env'],
    ['cli.StringFlag{Name: "lang, l,"}', '--lang, -l string'],
    ['&cli.StringFlag{Name: "raw", Aliases: []string{`r`}}', '--raw, -r string'],
    ['&cli.StringMapFlag{Name: "map"}', '--map stringMap'],
  ] as const
  const lines = await told({
    'main.go': `package main\n\nimport "github.com/urfave/cli/v2"\n\nfunc main() {\n\tapp := &cli.App{Name: "tool", Flags: []cli.Flag{\n${flags.map(([flag]) => `${flag},\n`).join('')}}}\n\tapp.Run(os.Args)\n}\n`,
  })
  assert.deepEqual(
    lines.slice(1).map((line) => line.trim().replace(/ \(main.*/, '')),
    flags.map(([, shown]) => shown),
  )
})

test('a copy of urfave/cli is known by its types, whatever its path and name', async () => {
  const lines = await told({
    'main.go': `package main

import flags "example.org/orbit/internal/cli"

func newApp() *flags.App {
\tapp := flags.NewApp()
\tapp.Name = "orbit"
\tapp.Commands = []*flags.Command{
\t\t{
\t\t\tName: "send",
\t\t\tUsage: "sends a file",
\t\t\tFlags: []flags.Flag{&flags.StringFlag{Name: "code", Aliases: []string{"c"}, Usage: "the code"}},
\t\t},
\t\t{Name: "spare", Hidden: true, Flags: []flags.Flag{&flags.BoolFlag{Name: "none"}}},
\t}
\tapp.Flags = []flags.Flag{
\t\t&flags.IntFlag{Name: "port", Value: 9009, Usage: "base port"},
\t}
\treturn app
}

func main() { newApp().Run(os.Args) }
`,
  })
  const shown = lines.map((line) => line.trim().replace(/ \(main.*/, ''))
  assert.ok(
    shown.some((line) => line.startsWith('--code, -c string: the code')),
    shown.join('\n'),
  )
  assert.ok(
    shown.some((line) => line.startsWith('--port int')),
    shown.join('\n'),
  )
  assert.ok(!shown.some((line) => line.includes('--none')), shown.join('\n'))
})

test('options and arguments say how many values they take and which', async () => {
  const lines = await told({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/main.rs': `use clap::Parser;

#[derive(Parser)]
struct Cli {
    #[arg(value_name = "FILE", default_value = ".")]
    inputs: Vec<PathBuf>,
    from: String,
    to: Option<String>,
    #[arg(required = true)]
    names: Vec<String>,
    #[arg(num_args = 1..)]
    more: Vec<String>,
    #[arg(long, value_name = "MODE", value_parser = ["always", "auto", "never"])]
    color: Option<String>,
    #[arg(long, value_parser = ["permission", "user", "group", "context", "size", "date", "name", "inode", "links", "git"])]
    block: Option<String>,
}
`,
    'orbit.py': `import argparse

parser = argparse.ArgumentParser(prog="orbit")
parser.add_argument("-e", "--engine", nargs="?", metavar="ENGINE")
parser.add_argument("--points", nargs=2)
parser.add_argument("--names", nargs="+")
parser.add_argument("--sep", help="Between words. By default " + SEP)
parser.add_argument("--max", help="At most (default: " + MAX + ")")
`,
    'main.go': `package main

import "flag"

var sortBy = flag.String("sort", "size", "sort output by: "+strings.Join(ids(), ", "))
`,
  })
  assert.deepEqual(lines, [
    'orbit',
    '  -e, --engine [ENGINE] (orbit.py:4)',
    '  --points POINTS POINTS (orbit.py:5)',
    '  --names NAMES... (orbit.py:6)',
    '  --sep SEP: Between words. (orbit.py:7)',
    '  --max MAX: At most (orbit.py:8)',
    '',
    '  <[FILE...] = . (src/main.rs:6)',
    '  <FROM (src/main.rs:7)',
    '  <[TO] (src/main.rs:8)',
    '  <NAMES... (src/main.rs:10)',
    '  <[MORE...] (src/main.rs:12)',
    '  --color <always|auto|never> (src/main.rs:14)',
    '  --block <permission|user|group|context|size|date|name|inode|links|git> (src/main.rs:16)',
    '',
    '  -sort string = size: sort output by (main.go:5)',
  ])
})
