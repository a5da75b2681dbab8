import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cautions, sendsElsewhere } from '#generate/pages/cautions.ts'
import { tellingWords } from '#generate/pages/module/describe-definition.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { staleVersions } from '#generate/pages/stale-versions.ts'
import { isBackground, isTelling, tellingSentence } from '#generate/pages/telling.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { component, file } from './sample.ts'

const said = (doc: string): string | null => {
  const found = tellingSentence(doc)
  return found === null ? null : plainText({ type: 'paragraph', children: found })
}

test('settings of editors and shells, banners and headings say nothing of what they stand in', () => {
  for (const doc of [
    'vim: ts=2:sw=2:expandtab',
    'vim: set ts=2 sw=2:',
    '-*- mode: c++; tab-width: 2 -*-',
    'To do: v4: decide if marking this as internal.',
    'Disallow burns except of ships, moons and xxx.',
    'Stripped down version of https://example.org/orbit (orbit#6).',
    'frozen-string-literal: true',
    'compdef fx',
    'Warning, this one changes files of yours.',
    '-------------------------- $fetch API --------------------------',
    'Automatically generated file from plans.txt',
    'Although this is a class, its methods are static.',
    'By Ann Orbit 20260923.',
    'Derived from https://example.org/orbit',
    'The MIT License',
    "Check out #call's source code to see what it does.",
    'Internal Docs for A simple pool of plans.',
    '(Quote from The Open Group Base Specifications Issue 6)',
    'NAME orbit_plan_burn()',
    'bundle exec bin/orbit -q -b tcp://127.0.0.1:4000 test/orbit.ru',
    '`java -cp orbit.jar org.orbit.Planner`',
    'OpenBSD original: lib/orbit.c',
    'Both released under the licence of the moon.',
    'A burn of fuel duplicating this for now',
    "It's hard to pass plans around, so we just copy them here.",
    '_Orbit_ (sounds like "or bit")',
    'A plan is for long flights, which you can learn more about here.',
    'A mode is one of the following: fast: skips all checks if it may.',
    'Welcome, gentle reader',
    'Orbit is a registered trademark of Orbit Laboratories.',
    'Definition of burns changed from the old one (no fuel + return course',
    'start: root_path path*\nroot_path: (literal | index)\nliteral: TEXT | NUMBER',
  ])
    assert.equal(said(doc), null, doc)
  assert.equal(said('Create the chainable API'), 'Create the chainable API.')
  assert.equal(tellingSentence('Entry point.', 'main'), null)
  assert.equal(tellingSentence('This module holds several utilities:', 'Util'), null)
  const words = tellingWords('Orbit has a special class called Orbit::Plan. It burns all at once.', 'Orbit::Plan')
  assert.match(plainText(paragraph(...(words ?? []))), /burns all at once/)
  assert.equal(said('Plans burns with vim: it reads a script.'), 'Plans burns with vim: it reads a script.')
})

test('a sentence stands with the one that limits it, or not at all', () => {
  const first = 'Plans all burns of an orbit from the given course of the ship.'
  for (const [doc, words] of [
    [`${first} However, it burns nothing.`, `${first} However, it burns nothing.`],
    [`${first} This will mutate the orbit.`, `${first} This will mutate the orbit.`],
    [`${first} However, it ${'really '.repeat(50)}burns nothing.`, null],
    [`${first} Then, it waits.`, `${first} Then, it waits.`],
    [`${first}\n\nOnly safe with fuel.`, `${first} Only safe with fuel.`],
    [`${first} It burns nothing. Caller pays. See also others.`, `${first} It burns nothing. Caller pays.`],
    [`${first} It burns ${'really '.repeat(30)}nothing.`, first],
    [`${first}\n\nIt burns nothing.`, first],
    [`${first} Yes, I wrote it by hand.`, first],
    [`${first}\n\nNOTE: New fields must be copied.`, first],
    [`${first}\n\nNOTE: It cannot fly.`, `${first} NOTE: It cannot fly.`],
    [`${first}\n\nNOTE from the specification:\n\nIt cannot fly.`, first],
    [
      `${first}\n\n**Note:** It gives \`0\`. Do not burn it if it gives \`1\`.`,
      `${first} Note: It gives 0. Do not burn it if it gives 1.`,
    ],
    [`${first} Burns fuel.\n\nOnly safe with fuel, e.g.:\n\n- gas`, `${first} Burns fuel. Only safe with fuel.`],
    ['A plan of a plan for a type. Made in a ship.', 'A plan of a plan for a type. Made in a ship.'],
    [
      'Draws plans as spans. Each has a type, for\nexample: a wide one.',
      'Draws plans as spans. Each has a type, for example: a wide one.',
    ],
    ['The plan. Compared to `Burn`, it keeps fuel.', 'The plan. Compared to Burn, it keeps fuel.'],
    ['The plan. On error the ship stays where it is.', 'The plan. On error the ship stays where it is.'],
    [
      '<DESC>\nBurns many plans of one ship at the same time.\n</DESC>',
      'Burns many plans of one ship at the same time.',
    ],
  ] as const) {
    const found = tellingWords(doc, 'plan')
    assert.equal(found === null ? null : plainText(paragraph(...found)), words)
  }
})

test('the heading of an example is no sentence on what it shows', () => {
  const headings = [
    'Example usages...',
    'Usage',
    'Usage examples',
    'Basic examples.',
    'Example of use',
    'Some simple usages …',
  ]
  for (const heading of headings) {
    assert.equal(said(heading), null, heading)
    assert.equal(said(`${heading}\n\n\`\`\`\nburn()\n\`\`\``), null, heading)
  }
  assert.equal(said('Usage statistics of all plans'), 'Usage statistics of all plans.')
  assert.equal(said('Example plans that tests burn'), 'Example plans that tests burn.')
})

test('how something is used is no sentence on what it is', () => {
  const doc = 'Logs all burns\n\nUsage:\n  require "orbit"\n  Orbit.logger = Logger.new\n'
  const words = tellingWords(doc, 'BurnLogger') ?? []
  assert.equal(plainText(paragraph(...words)), 'Logs all burns.')
})

test('a sentence that breaks off says nothing', () => {
  for (const doc of [
    'Destroys all cached stores and call',
    'Keeps the',
    'Plans a burn,',
    'Plans burns, or',
    'Sets it to what it was after',
  ])
    assert.equal(said(doc), null, doc)
  for (const doc of ['Destroys all stores and calls', 'Methods to get and set', 'Where a name came from'])
    assert.equal(said(doc), `${doc}.`)
})

test('where something comes from, what made it and what a template asks for is not what it is for', () => {
  for (const doc of [
    'This is a class that has been made significantly smaller and originally is from the Apache Ant Project.',
    'This is a Next.js project bootstrapped with create-next-app.',
    'This code was adapted from the parser of click.',
    'Heavily inspired by the plans of others.',
    'Copied from the standard library.',
    'These are largely borrowed from the plans of others.',
    'Originally written for another project.',
    'This file is part of Orbit.',
    'Based on https://example.org/orbit by somebody.',
    'Author: Somebody of the moon.',
    'you usually build and test in this phase.',
    'We ignore this now because nobody needs it.',
  ])
    assert.equal(said(doc), null, doc)
  for (const doc of [
    'Copies a plan from one folder to another.',
    'The plan is taken apart and written again.',
    'This value is copied into each burn.',
    'Based on the mass, this finds the burn.',
    'Generates plans with templates.',
    'It is part of each flight.',
  ])
    assert.equal(said(doc), doc)
})

test('a remark on how something is written gives way to the sentence behind it', () => {
  const told = (doc: string): string => plainText(paragraph(...(tellingWords(doc, 'orbit') ?? [])))
  assert.equal(
    told('Note that no value is copied. Plans the burns of one flight from its first to its last leg.'),
    'Plans the burns of one flight from its first to its last leg.',
  )
  assert.equal(
    told('An Orbit instance is thread-safe can be shared.\n\nAn orbit keeps probes on their way.'),
    'An orbit keeps probes on their way.',
  )
  assert.equal(
    told('Internally this is a list. It is short.\n\nKeeps the plans of all flights that were ever flown by anybody.'),
    'Keeps the plans of all flights that were ever flown by anybody.',
  )
  assert.equal(
    told('Splits a line into burns, where each of them is in the following\nform of legs:\n\n a b'),
    'Splits a line into burns.',
  )
  assert.equal(told('Splits a line into one of these forms:\n\n a b'), '')
  assert.equal(said('This class is implemented as a list of lists.'), null)
  assert.equal(said('ESLint rules for plans.'), 'ESLint rules for plans.')
  assert.equal(said('Coding of names.'), 'Coding of names.')
  assert.equal(said('eslint-disable no-empty'), null)
  assert.equal(said('rubocop:disable All of it'), null)
})

test('what is the case elsewhere is told from what the code is for', () => {
  for (const text of ['CSV are widely used as interfaces.', 'TLS connections are commonly used by all.'])
    assert.ok(isBackground(text), text)
  for (const text of ['Plans are used by flights.', 'Draws what is widely used.', 'Keeps plans that are often used.'])
    assert.ok(!isBackground(text), text)
})

test('an address behind the name of a thing says no more of it', () => {
  assert.equal(tellingSentence('Radius Template\nhttp://example.org/radius/', 'RadiusTemplate'), null)
  assert.notEqual(tellingSentence('Radius draws at http://example.org/radius/', 'Radius'), null)
})

test('a title and a sentence that are the same are said once', () => {
  const words = tellingWords('### CSV\n\nCSV Template writer.\n\n#### Example\n\n```\na\n```', 'csv') ?? []
  assert.equal(plainText(paragraph(...words)), 'CSV Template writer.')
})

test('sentences that send users elsewhere are found, others not', () => {
  const doc = 'Wraps a finder.\n\nShould not be used directly, but rather via [`install`](symbol:install). It is fast.'
  assert.deepEqual(cautions(doc), ['Should not be used directly, but rather via [`install`](symbol:install).'])
  assert.deepEqual(
    cautions(
      'Checks.\n\n> **Note:** This function should only be used by checkers. Applications should use `check` instead.',
    ),
    ['**Note:** This function should only be used by checkers.', 'Applications should use `check` instead.'],
  )
  for (const one of ['For internal use only.', 'Do not use this class directly.'])
    assert.deepEqual(cautions(one), [one])
  for (const one of [
    'The flag should not be used with others.',
    'It must not be called outside of a loop.',
    'Values of `_x` should not be used directly by code.',
    'Use it directly. Read it instead.',
  ])
    assert.deepEqual(cautions(one), [], one)
})

test('what is public for another reason sends users elsewhere; what is not to be relied on is only said', () => {
  const doc =
    'Finds plans. This class is only public because a loader has to find it. It is not intended to be used directly.'
  assert.equal(cautions(doc).length, 2)
  assert.ok(sendsElsewhere(doc))
  for (const one of [
    'It is experimental.',
    'This class is not thread-safe.',
    'Instances are not safe for concurrent use.',
  ]) {
    assert.deepEqual(cautions(`Keeps plans. ${one}`), [one])
    assert.ok(!sendsElsewhere(`Keeps plans. ${one}`), one)
  }
  assert.deepEqual(cautions('Keeps plans. It is only public API.'), [])
})

test('a first sentence that only repeats the name gives way to a long second one', () => {
  const told = (doc: string): string => plainText(paragraph(...(tellingWords(doc, 'Orbit') ?? [])))
  const long = `responsible for reading the object that holds all the marked fields, ${'for parsing the line of the command, '.repeat(6)}and for help.`
  assert.equal(told(`The main class for Orbit. It's ${long}`), `It's ${long}`)
  assert.equal(told(`The main class for Orbit. However, it is ${long}`), '')
  assert.equal(
    told('The main class for Orbit. It plans all flights.'),
    'The main class for Orbit. It plans all flights.',
  )
  assert.equal(
    told('The Orbit class.\n\nFlights are planned in order of time.'),
    'Flights are planned in order of time.',
  )
  // Of a part of it.
  assert.equal(told('The main class for Orbit.\n\n`size` is limited to a range from 0 to 255.'), '')
})

test('badges and the addresses of links are not what a comment begins with', () => {
  const doc =
    '[![docs]](https://example.org)\n\n[docs]: https://example.org/badge.svg\n[crate]: https://example.org\n\n<br>\n\nPlans burns for orbits that decay slowly over time.'
  assert.equal(
    plainText(paragraph(...(tellingWords(doc, 'orbit') ?? []))),
    'Plans burns for orbits that decay slowly over time.',
  )
})

test('a sentence before code or a list stands without its colon where it says something, and not where it only leads on', () => {
  const said = (doc: string): string | null => {
    const words = tellingSentence(doc, 'Publisher')
    return words === null ? null : plainText({ type: 'paragraph', children: words })
  }
  assert.equal(
    said('Uses Task.WhenAll with the list of handler tasks:\n\n```\nTask.WhenAll(tasks)\n```'),
    'Uses Task.WhenAll with the list of handler tasks.',
  )
  for (const doc of [
    'For example:\n\n- a',
    'You can use it in a loop like this:\n\n```\nx\n```',
    'The format of a line is:\n\n- a',
    'Takes one of the following options and no other:\n\n- a',
    'To add a handler of your own, write:\n\n```\nx\n```',
  ])
    assert.equal(said(doc), null, doc)
})

test('a second sentence is told with the third one that goes on from it', () => {
  const told = (doc: string): string | null => {
    const words = tellingWords(doc, 'Components')
    return words === null ? null : plainText(paragraph(...words))
  }
  const doc = 'Stores OpenAPI components.\n\nComponents are top-level fields in OAS v2.'
  assert.equal(told(doc), 'Stores OpenAPI components. Components are top-level fields in OAS v2.')
  const more = ' They became sub-fields of another field in OAS v3.'
  assert.equal(told(`${doc}${more}`), `Stores OpenAPI components. Components are top-level fields in OAS v2.${more}`)
})

test('a version of a package that is not that of the manifests is from another time', () => {
  const current = staleVersions(
    new Map(
      [file('pyproject.toml', 'optional = ["marshmallow>=3.18.0"]\ncalled = ["click>=8"]\n')].map((one) => [
        one.path,
        one,
      ]),
    ),
  )
  assert.equal(current('Plugin.\n\nRequires marshmallow>=3.13.0.\n\nMore.'), 'Plugin.\n\n\nMore.')
  for (const kept of [
    'Requires marshmallow>=3.18.',
    'Needs click 8.0 or later',
    'Requires other>=1.0.',
    'Requires care.',
  ])
    assert.equal(current(kept), kept)
})

test('a drawing of signs says nothing', () => {
  assert.equal(said(String.raw`____ ____ _____ _ __ | '* \ | | a / / | b |_| \_\ .`), null)
  assert.equal(said('Gives x * (y + z) / 2 of them.'), 'Gives x * (y + z) / 2 of them.')
})

test('code and what is commented out are no sentences', () => {
  for (const one of [
    'import "server-only";',
    "import { plan } from './plan.js'",
    'from orbit import plan',
    'const plan = 1',
    'assert orbit.name == "x" assert orbit.size == 2',
    'return plan;',
    '#include "orbit.h"',
  ])
    assert.equal(tellingSentence(one), null, one)
  for (const one of ['Imports from others what is said.', 'Use of plans; and of legs.', 'Returns plans by name.'])
    assert.notEqual(tellingSentence(one), null, one)
})

test('a note on one version or an earlier name deprecates nothing and is no caution', () => {
  const of = (doc: string): boolean => isDeprecated(component(file('a.py', 'A'), 'A', { doc }))
  const renamed = '*Changed in version 8.0:* `a` is renamed to `b`. The old name is deprecated and will be removed.'
  assert.deepEqual(cautions(`A plan.\n\n${renamed}`), [])
  assert.deepEqual(cautions('A plan.\n\nThe old name is deprecated.'), [])
  assert.deepEqual(cautions('A plan.\n\n*Changed in version 8.0:* Renamed. This name is deprecated.'), [])
  for (const doc of [
    `A plan.\n\n${renamed}`,
    'A plan.\n\n*Deprecated since version 2.0:* The `start` parameter.',
    'A plan, whose name is\ndeprecated in some places.',
    'A plan.\n\n- Deprecated: one of its values.',
    'Deprecated options are still read, with a warning.',
    'Returns a list of classes that are deprecated since a version.',
  ])
    assert.ok(!of(doc), doc)
  for (const doc of [
    '**Deprecated.** Use b.',
    'Deprecated, use b.',
    'Deprecated alias of `b`.',
    'Plans.\nDeprecated: use b.',
    'Plans.\n\n@deprecated since 2',
  ])
    assert.ok(of(doc), doc)
})

test('credits, also those of an original, are no purpose', () => {
  for (const doc of [
    "The original work was derived from Goji's middleware, source: https://example.com",
    'Orbit uses parts of optparse written by Ada and maintained by others.',
    'Inspired on the log handler.',
    'There are some differences compared to the original patches.',
    'Written by Ann Orbit of Far Systems.',
    'Created by @ann.',
    'Created by annorbit.',
  ])
    assert.equal(said(doc), null, doc)
  assert.equal(said('Created by Plan.make and kept.'), 'Created by Plan.make and kept.')
  assert.equal(said('Restores the original version of a plan.'), 'Restores the original version of a plan.')
})

test('a sentence on nothing but the name, its kind and its project is followed by the next one, or left out', () => {
  const plain = (doc: string, name: string): string => plainText(paragraph(...(tellingWords(doc, name) ?? [])))
  assert.equal(plain('Class representing a WebSocket.', 'WebSocket'), '')
  assert.equal(plain('permessage-orbit implementation.', 'PerMessageOrbit'), '')
  assert.equal(plain("Plan's class interface", 'Plan::ClassInterface'), '')
  assert.equal(plain('Main namespace', 'Orbit'), '')
  assert.equal(plain('Constructor for PlanException.', 'PlanException'), '')
  const planner = 'Planner is an optional interface in Orbit. It is only met by plans that say so. It will call more.'
  assert.equal(plain(planner, 'Planner'), planner)
  assert.equal(plain('Class representing a plan of Orbit.', 'WebSocket'), 'Class representing a plan of Orbit.')
  const caution =
    'It is important to note that a plan is not safe. If it has to be, use a lock.\n\nPlans count values in little space.'
  assert.equal(plain(caution, 'Plan'), 'Plans count values in little space.')
})

test('the announcement of an example is not part of a sentence', () => {
  assert.equal(said('Mounts net/http/pprof. ie.\n\n    mount()'), 'Mounts net/http/pprof.')
  assert.equal(said('Reads a file, e.g.:\n\n    read()'), 'Reads a file.')
})

test('remarks to maintainers and on other code say nothing of what a definition is', () => {
  for (const doc of [
    'Should be no imports here!',
    '`module.exports` should be inside this class, in order to avoid circular dependency issue.',
    'Never ever use these definitions directly!',
    'accept NULL pointer',
    'supports a==NULL or b==NULL',
    'sn nb.',
    'Specs: https://example.org/a https://example.org/b',
    'From https://example.org/orbit.js modified with no dependencies',
    'All plans below support these filters in addition to those of others',
    'All plans support the following orbit-wide filters',
    'The __lib__ directory is split into several sub-directories, in order to select features.',
    'In 1.3.9/1.49, the planner has been reduced in functionality.',
    'Circular reference from plans',
    'shared with multiselect',
    'Re-declare the plan for others.',
    'The plan is to remove more and more from here over time.',
    'The reason this is a different module is that there are differences in the messages.',
    'There are some general differences in regards to how this works.',
    'This file is execfile()d with the current directory set to its containing dir.',
    'lookup.c, by Ann Orbit, May 2006, Public Domain.',
    'this is a sub-split, for pull requests and issues, visit: https://example.org/x',
  ])
    assert.equal(tellingSentence(doc), null, doc)
  assert.equal(tellingSentence('OrbitPrompt Base Element', 'OrbitPrompt'), null)
  assert.notEqual(tellingSentence('Shares plans with other programs.'), null)
  assert.notEqual(tellingSentence('Never sleeps while it waits for plans.'), null)
  assert.notEqual(tellingSentence('Must be called first.'), null)
  assert.notEqual(tellingSentence('Plans are shared by all orbits.'), null)
})

test('what is said of versions, visibility, licences, parts or in praise gives way to the sentence behind it, or to none', () => {
  const told = (doc: string, name = 'orbit'): string => plainText(paragraph(...(tellingWords(doc, name) ?? [])))
  const behind = 'Reads the headers of all blocks and skips their data.'
  assert.equal(told('Prefers `empty?` over the size of burns.'), 'Prefers empty? over the size of burns.')
  assert.equal(told('Custom burns, with nicely configured defaults.'), 'Custom burns, with nicely configured defaults.')
  for (const remark of [
    'For legacy frames only.',
    'Since 3.12, compilers can add more of it.',
    'Requires SQLite >= 3.9.0.',
    'In Ruby 2.7, forwarding of burns has been added.',
    'This function is intentionally "hidden".',
    'To be completed later with other plans.',
    'Previously we relied on another package for plans.',
    'buffer : must be at least 4 bytes.',
    'Burns that are really neat.',
  ]) {
    assert.equal(told(remark), '', remark)
    assert.equal(told(`${remark} ${behind}`), behind, remark)
  }
  for (const doc of [
    'All examples are GPL-v2 licensed.',
    'For the license information refer to format.h.',
    'Note - The plans of both systems are not the same.',
    'You may use this code any way you wish, private or commercial.',
    'The following arguments are supported by planners of all kinds.',
    'The /lib directory contains many files. Limited systems may want to reduce the number of them.',
    'The name of this software is property of their respective owners.',
    'Contains many files, but not all of them are required.',
    '-f Attempt to remove the version without a question.',
    'The planner is a standalone thread which:\n\n1. plans',
  ])
    assert.equal(told(doc), '', doc)
  assert.equal(
    told('setBurnName sets name of the burn.\nDoes not include extension.', 'setBurnName'),
    'setBurnName sets name of the burn. Does not include extension.',
  )
  for (const doc of [
    'Options for a plan. The defaults can be found in it.',
    'Plans it. The resulting orbit is the shortest.',
  ])
    assert.match(told(doc, 'plan'), /^(?:$|Options for a plan\. The|Plans it\. The)/, doc)
  assert.equal(
    told('plan_burn() : v1.9.0+\nKeeps the burns of one flight.', 'plan_burn'),
    'Keeps the burns of one flight.',
  )
  assert.equal(told('plan_burn() :\n\n**Size:** : the size of it and more.', 'plan_burn'), '')
  assert.equal(told('plan_burn() :\nKeeps the burns of one flight.', 'plan_burn'), 'Keeps the burns of one flight.')
  assert.equal(
    told('plan_burn::new keeps the burns of a flight.', 'plan_burn'),
    'plan_burn::new keeps the burns of a flight.',
  )
  assert.equal(told('Trait Legs. Keeps the burns of one flight.', 'Legs'), 'Keeps the burns of one flight.')
})

test('what a definition is specifically is told behind what is true of its siblings, too', () => {
  const doc = 'Layer holds all data for the left pane. Specifically, the pane that shows the layers.'
  assert.equal(plainText(paragraph(...(tellingWords(doc, 'Layer') ?? []))), doc)
})

test('a title is told with the sentence below it, even if that is long', () => {
  const below = `When a field can return one of many types, this is used to describe ${'what they have in common, '.repeat(7)}and how to find out which.`
  assert.equal(below.length > 240, true)
  const words = tellingWords(`Interface Type Definition\n\n${below}\n\nExample:\n\n    x`, 'OrbitInterfaceType')
  assert.equal(plainText(paragraph(...(words ?? []))), `Interface Type Definition. ${below}`)
})

test('a sentence that begins with a verb is no heading', () => {
  const isDescription = (text: string): boolean => isTelling([{ type: 'text', value: text }])
  assert.ok(isDescription('Disallows shadowing variable declarations.'))
  assert.ok(isDescription('Reports empty functions.'))
  assert.ok(!isDescription('Report functions.'))
  assert.ok(!isDescription('Variable declarations'))
})
