import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentOf } from './real-sample.ts'

const WORKFLOW = `name: Checks
on:
  push:
    branches: [main, 'v*', '!v0']
    tags: ['!**']
    paths-ignore: ['docs/**']
  pull_request:
    types: [opened]
  schedule:
    - cron: '30 4 * * 1'
    - cron: '0 0 1-7 * *'
  workflow_dispatch:
jobs:
  lint:
    name: Lint
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: acme/setup-tool@v1
      - uses: acme/lint@de0fac2e4500dabe0009e67214ff5f5447ce83dd
  test:
    needs: lint
    runs-on: \${{ matrix.os || 'ubuntu-latest' }}
    strategy:
      matrix:
        include:
          - { os: windows-latest }
    steps:
      - uses: actions/checkout@v4
      - name: Test it
        run: |
          # Nothing to see.
          npm ci
          echo done
          npm test -- \\
            --all
      - run: npm run one
      - run: |
          a
          b
          c
          d
`

async function pageOf(texts: Record<string, string>): Promise<string> {
  const { markdown, verification } = await documentOf({ 'src/a.ts': 'export {}\n', ...texts })
  assert.deepEqual(verification.faults, [])
  const page = markdown.get('continuous-integration.md') ?? ''
  return page.replaceAll(/\]\([^)]*\/([^/)]+)\)/g, ']($1)')
}

test('a workflow says when it runs, and each of its jobs where, after what and which commands', async () => {
  const page = await pageOf({ '.github/workflows/checks.yml': WORKFLOW })
  assert.match(page, /^# Continuous integration\n\n## /)
  assert.match(
    page,
    /\[\*\*Checks\*\*\]\(checks\.yml#L2-L12\) runs on pushes to `main` and `v\*` but not `v0` that change more than `docs\/\*\*`, on pull requests \(`opened`\), every Monday at 04:30 UTC, by the schedule `0 0 1-7 \* \*`, when started by hand\.\n/,
  )
  assert.match(
    page,
    /- \[`lint`\]\(checks\.yml#L14-L20\): Lint, on ubuntu-latest\n {2}- \[`acme\/lint`\]\(checks\.yml#L20\)\n/,
  )
  assert.match(
    page,
    /- \[`test`\]\(checks\.yml#L21-L42\): on ubuntu-latest, windows-latest · after \[`lint`\]\(checks\.yml#L14-L20\)\n/,
  )
  assert.match(page, / {2}- Test it: \[`npm ci`\]\(checks\.yml#L33\), \[`npm test -- …`\]\(checks\.yml#L35-L36\)\n/)
  assert.match(page, / {2}- \[`npm run one`\]\(checks\.yml#L37\)\n/)
  assert.match(
    page,
    /\[`a`\]\(checks\.yml#L39\)\n.*\[`b`\]\(checks\.yml#L40\)\n.*\[`c`\]\(checks\.yml#L41\)\n.*\[`d`\]\(checks\.yml#L42\)/,
  )
})

test('a long script says how many commands it has besides those that are shown', async () => {
  const commands = Array.from({ length: 23 }, (_, n) => `          step ${n}\n`).join('')
  const page = await pageOf({
    '.github/workflows/long.yml': `on: push\njobs:\n  all:\n    runs-on: x\n    steps:\n      - run: |\n          if ok; then\n${commands}          fi\n`,
  })
  assert.match(page, /\[`step 17`\]\(long\.yml#L25\)\n.*\[`step 18 …`\]\(long\.yml#L26-L31\) and more\n/)
  assert.doesNotMatch(page, /`fi`/)
})

test('a job says what its matrix varies besides the machines, without switches', async () => {
  const page = await pageOf({
    '.github/workflows/ci.yml':
      'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n        ruby: ["3.4", 2.7, jruby]\n        old: [false]\n        include:\n        - ruby: truffleruby\n          old: true\n    steps:\n    - run: rake\n',
  })
  assert.match(page, /\[`test`\]\([^)]*\): on ubuntu-latest, ruby 3\.4, 2\.7, jruby, truffleruby\n/)
})

test('pipelines of GitLab, CircleCI and Azure have their commands', async () => {
  const page = await pageOf({
    '.gitlab-ci.yml': 'build:\n  stage: one\n  script:\n    - ./b.sh\n    - |\n      x\n      y\n',
    '.circleci/config.yml': 'jobs:\n  a:\n    steps: [checkout, { run: { name: All, command: ./ci.sh } }]\n',
    'azure-pipelines.yml':
      'trigger: [main]\npr: none\npool: { vmImage: windows-2022 }\nsteps:\n  - task: UseDotNet@2\n  - pwsh: dotnet test\n    displayName: Tests\n',
  })
  assert.match(
    page,
    /- \[`build`\].*: one\n {2}- \[`\.\/b\.sh`\]\(.*#L4\)\n {2}- \[`x`\]\(.*#L6\)\n {2}- \[`y`\]\(.*#L7\)\n/,
  )
  assert.match(page, /- \[`a`\]\(.*\)\n {2}- All: \[`\.\/ci\.sh`\]\(.*#L3\)\n/)
  assert.match(page, /\[\*\*azure-pipelines\.yml\*\*\]\(.*#L1-L2\) runs on pushes to `main`\.\n/)
  assert.match(
    page,
    /- \[`steps`\]\(.*\): on windows-2022\n {2}- \[`UseDotNet@2`\]\(.*\)\n {2}- Tests: \[`dotnet test`\]\(.*#L6\)/,
  )
})

test('what a workflow says is text, however hostile', async () => {
  const page = await pageOf({
    '.github/workflows/x.yml': [
      'name: "<b>`x`</b> [y](javascript:z)"',
      'on: { push: { branches: ["a`b<i>"] } }',
      'jobs:',
      '  a: { steps: [{ name: "<img src=x>", run: "echo `<script>` > y" }] }',
      '',
    ].join('\n'),
  })
  assert.ok(page.includes('[**\\<b>\\`x\\`\\</b> \\[y\\](javascript:z)**](x.yml#L2)'))
  assert.ok(page.includes('- \\<img src=x>: [``echo `<script>` > y``](x.yml#L4)'))
  assert.match(page, /runs on pushes to `a'b<i>`\./)
})
