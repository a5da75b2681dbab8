import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysedSample } from './real-sample.ts'
import { document } from './sample.ts'

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
@options.verbose
def plan(body, burns, verbose):
    """Plans one."""

@main.command()
@click.option(NAME)
def draw(name):
    """Draws one."""
`,
  'orbit/options.py': 'import click\n\nverbose = click.option("-v", "--verbose", is_flag=True, help="Says more.")\n',
  'tests/test_cli.py': 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--none")\n',
  'scripts/release.py': 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--none")\n',
}

test('the overview has the commands of a program and their options, each with its line', async () => {
  const { markdown, verification } = document(await analysedSample(FILES))
  assert.deepEqual(verification.faults, [])
  const overview = markdown.get('overview.md') ?? ''
  const page = overview.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  const section = page.slice(
    page.indexOf('## Command line'),
    page.indexOf('\n## ', page.indexOf('## Command line') + 3),
  )
  assert.match(section, /^## Command line\n\n`orbit`: Plans orbits\.\n/)
  assert.match(section, /\| `orbit plan` +\| Plans one\. +\|/)
  assert.match(section, /<summary>orbit plan: 3 options<\/summary>/)
  assert.match(section, /\| `-b, --burns BURNS` +\| `4` +\| How many \\\| at most\. +\|/)
  assert.match(section, /\| `-v, --verbose` +\| +\| Says more\. +\|/)
  assert.doesNotMatch(section, /--none/)
  assert.match(overview, /\[`-b, --burns BURNS`\]\([^)]*orbit\/cli\.py#L10\)/)
})

test('the entry of a constant that is an option says which', async () => {
  const { markdown } = document(await analysedSample(FILES))
  const pages = [...markdown].filter(([page]) => page.startsWith('orbit')).map(([, text]) => text)
  assert.ok(pages.some((text) => /#+ `verbose`[\s\S]{0,400}\| \[`-v, --verbose`\]/.test(text)))
})
