import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBanner } from '#generate/analyse/engine/comment-headings.ts'
import {
  documenting,
  isMarkedApart,
  isOfDirective,
  isOfName,
  isProse,
  withoutAsides,
} from '#generate/analyse/engine/doc-lines.ts'
import { isLicence, withoutLicence } from '#generate/analyse/engine/licence-comments.ts'

test('settings of tools, tasks, rulers and titles document nothing', () => {
  const none = [
    ['// vim: ts=2:sw=2:expandtab'],
    ['/* -*- mode: c++ -*- */'],
    ['//+build linux'],
    ['// TODO: maybe count them', '// and more of it'],
    ['// todo?'],
    ["// todo common table of rune's length"],
    ['/* FIXME later */'],
    ['# ------------', '# Helpers', '# ------------'],
    ['// ==== API ===='],
    ['//ifdef USE_ICU'],
    ['# region Public'],
    ['/*\n * =====\n * Sections\n * =====\n */'],
    ['// Plans all.', '//func Plan() {', '//return nil;', '//}'],
  ]
  for (const comments of none) assert.deepEqual(documenting(comments), [], comments[0])
  const kept = [
    ['// Does it.', '//', '// Todo lists are kept.'],
    ['# -- or: what is left'],
    ['/// ====', '/// a'],
    ['// If it is closed, nothing happens.'],
    ['// else what follows is read'],
    ['// if set, the plan is left alone;', '// otherwise it is drawn.'],
    ['/*\n * ===== Plans =====\n * It draws all that is planned.\n * ====\n * More.\n */'],
  ]
  for (const comments of kept) assert.deepEqual(documenting(comments), comments, comments[0])
  // What is commented out takes its own comment along; a setting in words below is kept.
  for (const one of [
    '// import "server-only";',
    "//import { a } from './a.js'",
    '# from orbit import plan, leg',
    '// export { a };',
  ])
    assert.deepEqual(documenting([one]), [], one)
  assert.equal(documenting(['// import from others what is said', '# From a plan import all.']).length, 2)
  assert.deepEqual(documenting(['// TODO: plan more of them.', '/// Plans a flight.']), ['/// Plans a flight.'])
  assert.deepEqual(documenting(['// (1) one', '//fieldOne = 1', '// (2) two']), ['// (2) two'])
  const sentence = ['// Sets the mode. Without a call,', '// mode = fast', '// is the default.']
  assert.deepEqual(documenting(sentence), sentence)
  assert.deepEqual(documenting(['// How many.', '// n = 3']), ['// How many.', '// n = 3'])
  assert.deepEqual(documenting(['// TODO: later', '// on', '// Does it.']), ['// Does it.'])
  assert.deepEqual(documenting(['// todo is one thing to do.']), ['// todo is one thing to do.'])
  const wrapped = '# TODO (breaks users): this ought to use the whole path to find out the'
  assert.deepEqual(documenting([wrapped, '# Content-Type of what it reads.']), [])
  assert.deepEqual(documenting([`${wrapped} type.`, '# Reads one.']), ['# Reads one.'])
})

test('a paragraph that is a task is left out of a comment, not out of code', () => {
  assert.equal(withoutAsides('Does it.\n\nTODO: more\n\nReturns.'), 'Does it.\n\nReturns.')
  assert.equal(
    withoutAsides('Plans.\nTODO: Divide\nit.\n\nReturns all\nTODO items.'),
    'Plans.\n\nReturns all\nTODO items.',
  )
  assert.equal(withoutAsides('```\na\n\nTODO\n```'), '```\na\n\nTODO\n```')
})

test('what an editor wrote into a new file says nothing', () => {
  assert.equal(withoutAsides('Created by Orbiter on 4/11/16.\n\nPlans.'), 'Plans.')
  assert.equal(withoutAsides('Created by IntelliJ IDEA.\nUser: orbit\nDate: 2 May'), '')
  assert.equal(withoutAsides('Plans.\n\nUser: sam Date: 7/7/12 Time: 12:32 PM'), 'Plans.')
  assert.equal(withoutAsides('User: sam\nDate: May 3, 2010\n\nPlans.'), 'Plans.')
  for (const text of ['Created by `plan` for each of the 3.5 burns.', 'Created on demand.'])
    assert.equal(withoutAsides(text), text)
})

test('words that give a text to the public are a licence', () => {
  const head =
    '/**\n * Written by Ann Orbit, and released to the public domain,\n * as explained at https://orbit.example\n */'
  assert.ok(isLicence(head))
  assert.ok(isLicence("/* This software is provided 'as-is', without any express or implied warranty. */"))
  assert.ok(!isLicence('// Lists what is in the public domain.'))
})

test('a blank line parts plain comments, titles and comments of files from a declaration', () => {
  assert.deepEqual(['/** A. */', '/// A.', '/** @file a */', '// A.', '//// A'].map(isMarkedApart), [
    true,
    true,
    false,
    false,
    false,
  ])
  assert.equal(isProse(['# When it is used with Rails, paths', '# are normalized.']), true)
  assert.equal(isProse(['# Public methods.']), false)
  assert.equal(isProse(['# @!group Things that are there to be used.']), false)
})

test('a title of what follows is of no declaration, and a comment that begins with a name is of that', () => {
  const banners = ['/* Implemented elsewhere: */', '// Drawing routines', '// half-open range:', '// Draws routines.']
  assert.deepEqual(
    banners.map((one) => isBanner([one])),
    [true, true, false, false],
  )
  assert.equal(isBanner(['// Implemented', '// elsewhere:']), false)
  const comment = ['// Plan represents one flight', '// to a moon.']
  assert.equal(isOfName(comment, 'type Plan struct {'), true)
  assert.equal(isOfName(comment, 'type Burn struct { a Plan }'), false)
  assert.equal(isOfName(['// Type of the plan that is made.'], 'Type plan = 1'), false)
  assert.equal(isOfName(['// Plan.'], 'type Plan struct {'), false)
})

test('a ruler below a line of an example belongs to it', () => {
  const example = ['# As in', '#', '#     Title', '#     =====', '#', '#     Words.']
  assert.deepEqual(documenting(example), example)
})

test('words about the includes below them are not about the file', () => {
  const about = (...lines: string[]): boolean => {
    const at = lines.findIndex((line) => !line.startsWith('//'))
    return isOfDirective(lines.slice(0, at), `\n${lines.slice(at).join('\n')}`)
  }
  assert.ok(about('// This include is only needed for editors', '#include "a.h"'))
  assert.ok(
    about('// Library includes', '// Order is important for a script', '', '// pragma: begin', '', '#include "a.h"'),
  )
  assert.ok(about('// Exposes all codes. Must be defined before we include any headers.', '', '#include "a.h"'))
  assert.ok(!about('// Reads settings and includes other files.', '#include "a.h"'))
  assert.ok(!about('// Include this header for all of the library.', '#include "a.h"'))
  assert.ok(!about('// This include is only needed for editors', 'int a;'))
})

test('what a head says below the licence and the authors is left of it', () => {
  const licence = [
    '// Copyright 2010 Orbit Inc.',
    '//',
    '// Licensed under the Apache License.',
    '// You may obtain one.',
    '//',
  ]
  const more = ['//     http://www.apache.org/licenses', '//', '// Unless required by law, it comes as it is.', '//']
  const authors = ['// Author: ann@orbit.org (Ann)', '//', '// For the license information refer to plan.h.', '//']
  const said = ['// Error types and handling.', '//', '// Second part.']
  assert.deepEqual(withoutLicence([...licence, ...more, ...authors, ...said]), said)
  assert.deepEqual(withoutLicence([...licence, ...more, ...authors]), [])
  assert.deepEqual(withoutLicence(said), said)
  const ruby = ['# Sorts all burns.', '#', '# License: the MIT license.', '#', '# Keeps their order.']
  assert.deepEqual(withoutLicence(ruby), ['# Sorts all burns.', '#', '# Keeps their order.'])
  const crate = [
    '//! Plans the orbits of probes.',
    '//!',
    '//! # License',
    '//!',
    '//! Licensed under either of Apache or MIT license.',
  ]
  assert.deepEqual(withoutLicence(crate), crate.slice(0, 1))
  assert.ok(!isLicence('/// Keeps the permission table, with the license of each user.'))
  // Words that also begin the notices of licences.
  for (const words of [
    '// Permission checks for plans.',
    '// Distributed tracing of flights.',
    '// Authors and their books.',
  ])
    assert.deepEqual(withoutLicence([...licence, '//', words]), [words])
})
