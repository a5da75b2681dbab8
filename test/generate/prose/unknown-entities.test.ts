/** What a sentence may name beside the code: nothing that the commit does not hold, in five languages. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkClaim } from '#generate/prose/check-claim.ts'
import { GroundTruth } from '#generate/prose/ground-truth.ts'
import { component, file, sample } from '../pages/sample.ts'

const app = file(
  'src/app.py',
  [
    'class Flask:',
    '    """The central object of the package, which keeps the registry of views."""',
    '    def route(self, rule):',
    '        return self.app.decorator(rule, "utf-8", read, write)',
    'def run(host="127.0.0.1", port=5000): pass',
    'def remove(key): cache.pop(key)',
    '',
  ].join('\n'),
)
const manifest = file(
  'pyproject.toml',
  '[project]\ndependencies = ["blinker", "flask-login"]\n[project.urls]\nSource = "https://github.com/pallets/flask"\nChat = "discord"\n',
)
const { inventory, analysis } = sample(
  [app, manifest],
  [
    component(app, 'Flask', { kind: 'class', startLine: 1, endLine: 4 }),
    component(app, 'Flask.route', { kind: 'method', startLine: 3, endLine: 4 }),
    component(app, 'run', { startLine: 5, endLine: 5 }),
    component(app, 'remove', { startLine: 6, endLine: 6 }),
  ],
)
const root = { id: 'flask', slug: 'overview', title: 'flask', path: '', files: [app.path], children: [] }
const ground = new GroundTruth(inventory, analysis).addModules(root)

function publish(text: string, language: string): string | null {
  const evidence = [{ fact: null, path: app.path, start_line: 1, end_line: 6 }]
  const standard = { ground, near: new Set([app.path]), facts: [], language, earlier: new Set<string>() }
  const { claim, faults } = checkClaim({ text, evidence }, standard)
  if (claim === null) assert.ok(faults.length > 0, 'it is said why')
  return claim === null ? null : claim.spans.map((span) => ('text' in span ? span.text : `\`${span.code}\``)).join('')
}

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  packages: [
    'en `Flask` must be replaced by the package evilflask of PyPI.',
    'en `Flask` must be replaced by the package evilware.',
    'en `Flask` needs the package flask-security-patch from PyPI.',
    'en `Flask` needs the crate evil-flask.',
    'en `Flask` needs the evil-flask plugin.',
    'en `Flask` needs pip: install evil-flask.',
    'en `Flask` needs evil-flask; pip can install it.',
    'en `Flask` needs evilflask from PyPI.',
    'en `Flask` needs a package called evilware.',
    'en `Flask` needs the evilware library.',
    'en `Flask` needs the plugin Evilware.',
    'en `Flask` needs the repository evil/flask.',
    'en `Flask` lives at github:evil/flask.',
    'en `Flask` lives at GitHub as evil/flask.',
    'de `Flask` braucht das Paket evilflask.',
    'de `Flask` braucht die Bibliothek evil-flask.',
    'fr `Flask` a besoin du paquet evilflask.',
    'fr `Flask` dépend du dépôt evil/flask.',
    'es `Flask` necesita el paquete evilflask.',
    'es `Flask` necesita el repositorio evil/flask.',
    'zh `Flask` 需要安装 evilflask。',
    'zh `Flask` 需要软件包 evil-flask。',
    'zh `Flask` 位于仓库 evil/flask 中。',
  ],
  accounts: [
    'en `Flask` is supported on Telegram by evilsupport.',
    'en `Flask` is supported on Discord by the server evilflask.',
    'de `Flask` wird auf Telegram von evilsupport betreut.',
    'zh `Flask` 在 Telegram 上获得支持。',
  ],
  'people and places': [
    'en `Flask` was written by John Miller of Acme.',
    'en `Flask` was written by MALLORY.',
    'en `Flask` was made by mallory.',
    'en `Flask` is made by a company.',
    'en `Flask` keeps its views in Berlin.',
    'en `Flask` is a port of Evilware by Mallory.',
    'fr `Flask` a été écrit par Mallory.',
    'es `Flask` fue escrito por Mallory.',
    'zh `Flask` 由 Mallory 编写。',
  ],
  'grave words': [
    'en `Flask` deletes the home folder of its user.',
    'en `Flask` is dangerous.',
    'en `Flask` is dead and nobody answers its issues.',
    'en `Flask` contains a logic bomb.',
    'en `Flask` calls home with all keys.',
    'en `Flask` accepts any certificate.',
    'en `Flask` has an SQL injection hole.',
    'en `Flask` lets anybody log in.',
    'en `Flask` needs its callers to switch off the firewall.',
    'en `Flask` is written by idiots.',
    'en The author of `Flask` was fired.',
    'en `Flask` is a tool of the NSA.',
    'de `Flask` ist gefährlich.',
    'fr `Flask` est un logiciel espion.',
    'es `Flask` es peligroso.',
    'zh `Flask` 很危险。',
  ],
  'words that are not what they look like': [
    'en `Flask` is \uff4d\uff41\uff4c\uff57\uff41\uff52\uff45.',
    'en `Flask` contains \u{1d426}\u{1d41a}\u{1d425}\u{1d430}\u{1d41a}\u{1d42b}\u{1d41e}.',
    'en `Flask` contains m\u0430lware.',
    'en `Flask` contains m\u03b1lware.',
    'en `Flask` contains \u1d0dalware.',
    'en `Flask` c\u0430lls `run`.',
    'en `Flask` contains m-a-l-w-a-r-e.',
    'en `Flask` contains m a l w a r e.',
    'en `Flask` contains mal-ware.',
    'en `Flask` contains m4lw4re.',
    'en `Flask` contains m\u00e0lw\u00e1re.',
    'en `Flask` contains malvvare.',
    'en `Flask` contains mal- ware.',
    'en `Flask` contains ma1ware.',
    'en `Flask` contains m\u0336a\u0336l\u0336w\u0336a\u0336r\u0336e\u0336.',
    'en `Flask` contains a back\u00a0door.',
    'zh `Flask` 是恶 意代码。',
    'zh `Flask` 是恶-意代码。',
  ],
  addresses: [
    'en `Flask` is documented at evil\uff61work.',
    'en `Flask` is documented at evil\uff61zzz.',
    'en `Flask` is documented at evil\u3002work.',
    'en `Flask` is documented at evil. work.',
    'en `Flask` is documented at evil-dot-com.',
    'en `Flask` is documented at evil _dot_ work.',
    'en `Flask` is documented at evil {dot} work.',
    'en `Flask` is documented at evil period com.',
    'en `Flask` is documented at evil\u02d9example\u02d9com.',
    'en `Flask` is documented at evil,example,com.',
    'en `Flask` is documented at github slash evil.',
    'de `Flask` steht auf github schrägstrich evil.',
    'es `Flask` está en github barra evil.',
  ],
}
for (const [kind, cases] of Object.entries(REFUSED)) {
  describe(`nothing is published of ${kind} that the commit does not hold`, () => {
    for (const each of cases) {
      const [language, text] = [each.slice(0, 2), each.slice(3)]
      test(each, () => assert.equal(publish(text, language), null))
    }
  })
}

describe('is published as it is', () => {
  const cases = [
    'en A small library, written by hand, and a lightweight package, made by `run`, are what the public crate holds.',
    'en The package provides `Flask`, which the module exports.',
    'en `Flask` needs the package blinker and the extension flask-login from PyPI.',
    'en The source of `Flask` is on GitHub in the repository pallets/flask.',
    'en `Flask` is a well-known third-party library with a read-only, thread-safe core.',
    'en The library itself, and every module in it, may use `run` and/or `Flask`.',
    'en The package manager installs handlers, the plugin system read/write hooks of `run`.',
    'en `Flask` uses the Observer pattern and the Levenshtein distance, in Python, on Monday.',
    'en `run` deletes a key of the cache and answers within 5 µs, with an error of Δt.',
    'en `Flask` is a library written in C, with a package kept in memory by `run`.',
    'en `route` is the plugin chosen at run time, the extension built with `Flask` or the module found by `run`.',
    'en A trailing slash is kept by `route`, a slash or none by `run`.',
    'en `run` is called once per module, e.g. by tests, etc. and by `Flask`. host is its first parameter.',
    'de Das Paket enthält `Flask`, das Modul stellt `run` bereit, bzw. für Tests.',
    'de `Flask` zählt die Einträge der Bibliothek selbst, usw. auch die von `run`.',
    'fr Le paquet contient `Flask` et le module définit `run`.',
    'es El paquete contiene `Flask` y el módulo define `run`.',
    'zh 软件包提供 `Flask`,模块导出 `run`。',
    'ru Пакет содержит `Flask`, HTTP-запросы обрабатывает `run`.',
    'ja `Flask`はJSONを返すモジュールです。',
  ]
  for (const each of cases) {
    const [language, text] = [each.slice(0, 2), each.slice(3)]
    test(each, () => assert.equal(publish(text, language)?.replaceAll('\\', ''), text))
  }
})
