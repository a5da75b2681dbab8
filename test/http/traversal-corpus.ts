/**
 * Names that climb: dots, separators, depths, targets and endings in the encodings that lists of such names (dotdotpwn's,
 * SecLists') have. All can stand in the path of a request as they are: what cannot is percent-encoded.
 */

const DOTS = [
  ...['..', '%2e%2e', '%2E%2E', '.%2e', '%2e.', '%252e%252e', '%25252e%25252e', '%c0%ae%c0%ae', '%c0%2e%c0%2e'],
  ...['%e0%80%ae%e0%80%ae', '%f0%80%80%ae%f0%80%80%ae', '%uff0e%uff0e', '%u002e%u002e', '%ef%bc%8e%ef%bc%8e'],
  ...[
    '..%00',
    '..%01',
    '%00..',
    '...',
    '....',
    '..;',
    '.;.',
    '%3f..',
    '..%20',
    '.%0d.',
    '%e2%80%a4%e2%80%a4',
    '%32%65%32%65',
  ],
]
const SLASHES = [
  ...['/', '%2f', '%2F', '%252f', '%25252f', '\\', '%5c', '%255c', '//', '///', '/./', '%c0%af', '%c1%9c', '%c1%pc'],
  ...[
    '%e0%80%af',
    '%f0%80%80%af',
    '%u2215',
    '%u2216',
    '%uEFC8',
    '%ef%bc%8f',
    '%ef%bc%bc',
    '%e2%88%95',
    '%2f%2f',
    '/%5c',
    '%00/',
  ],
]
const DEPTHS = [1, 2, 3, 4, 6, 8, 12]
const TARGETS = [
  ...['secret.md', 'etc/passwd', 'etc/shadow', 'etc/hosts', 'proc/self/environ', 'proc/self/cmdline', 'boot.ini'],
  ...['windows/win.ini', 'package.json', '.git/config', '.env', 'jobs', 'ready', 'workers', 'LAYOUT', 'manifest.json'],
]
const ENDINGS = ['', '%00', '%00.md', '%00.html', '%23', ';.md', '%20', '.', '/', '%0a', '::$DATA', '~']
const STARTS = [
  '',
  '/',
  '%2f',
  './',
  'html/',
  'overview.md/',
  'source/',
  'C:',
  'file:%2f%2f',
  '%5c%5c?%5c',
  '~',
  'assets/',
]

/** Names by themselves. */
const PLAIN = [
  ...[
    '.',
    '..',
    '%2e',
    '%2e%2e',
    '%00',
    '%',
    '%%',
    '%ff',
    '%zz',
    '%u0000',
    '*',
    '~root',
    '~',
    '-',
    '--',
    'CON',
    'NUL',
    'aux.md',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'prototype',
    'valueOf',
    'length',
    'undefined',
    'null',
    'NaN',
  ],
  ...[
    'unlisted.md',
    'OVERVIEW.MD',
    'overview',
    'overview.html',
    'overview.md%00',
    'overview.md.',
    'overview.md%20',
    'overview.md/',
  ],
  ...['overview.md::$DATA', 'o%cc%88verview.md', '%E2%80%AEdm.weivrevo', 'html/overview.html', 'html%2foverview.html'],
  ...[
    'a%0d%0aSet-Cookie:%20x=1',
    '%3Cscript%3E',
    '$(id)',
    '%60id%60',
    '%7Cid',
    '%27%20OR%201=1',
    '{{7*7}}',
    '$%7B7*7%7D',
    '%25s%25n',
  ],
  ...['a'.repeat(300), 'a'.repeat(5_000), '%2e'.repeat(1_000), '../'.repeat(1_000)],
]

/** All names, none twice; over 20,000. */
export function makeCorpus(): string[] {
  const names = new Set<string>(PLAIN)
  let turn = 0
  for (const dots of DOTS) {
    for (const slash of SLASHES) {
      for (const depth of DEPTHS) {
        const climb = (dots + slash).repeat(depth)
        // Each climb to some targets, with the starts and endings in turn, so that every pair of them comes up.
        for (let each = 0; each < 6; each++, turn++) {
          const target = (TARGETS[turn % TARGETS.length] ?? '').replaceAll('/', slash)
          const start = STARTS[Math.floor(turn / 6) % STARTS.length] ?? ''
          names.add(start + climb + target + (ENDINGS[Math.floor(turn / 7) % ENDINGS.length] ?? ''))
        }
      }
    }
  }
  return [...names].map((name) => name.replaceAll('#', '%23').replaceAll('?', '%3f').replaceAll(' ', '%20'))
}
