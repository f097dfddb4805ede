// Runs HubSpot's own Node client, unmodified but for the base URL, against the built-in CRM, and
// asserts that it decodes what HubSpot documents. Called by scripts/check-clients.
'use strict';
const assert = require('node:assert/strict');
const { Client } = require('@hubspot/api-client');

const client = new Client({
  accessToken: 'sandbox',
  basePath: process.argv[2],
  numberOfApiRequestRetries: 0,
});
const contacts = client.crm.contacts;
const properties = client.crm.properties;

/** What a refused call says; the client throws for every status of 400 and more. */
async function refused(call) {
  try {
    await call();
  } catch (error) {
    assert.equal(typeof error.code, 'number', String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'the call was not refused' });
}

const checks = {
  async 'groups: create, read, list, exists'() {
    const group = await properties.groupsApi.create('contacts', { name: 'node_mql', label: 'MQL', displayOrder: -1 });
    assert.equal(group.name, 'node_mql');
    assert.equal(group.label, 'MQL');
    assert.equal(group.archived, false);
    assert.equal((await properties.groupsApi.getByName('contacts', 'node_mql')).label, 'MQL');
    const all = await properties.groupsApi.getAll('contacts');
    assert.ok(all.results.some((each) => each.name === 'node_mql'));
    const again = await refused(() => properties.groupsApi.create('contacts', { name: 'node_mql', label: 'MQL' }));
    assert.equal(again.code, 409);
  },

  async 'properties: create, read, list, update, exists, missing'() {
    const created = await properties.coreApi.create('contacts', {
      name: 'node_score', label: 'Score', type: 'number', fieldType: 'number', groupName: 'node_mql',
    });
    assert.equal(created.name, 'node_score');
    assert.equal(created.type, 'number');
    assert.ok(created.createdAt instanceof Date && !Number.isNaN(created.createdAt.getTime()));
    assert.equal(created.modificationMetadata.readOnlyValue, false);
    assert.equal((await properties.coreApi.getByName('contacts', 'node_score')).groupName, 'node_mql');
    const all = await properties.coreApi.getAll('contacts');
    assert.ok(all.results.some((each) => each.name === 'email' && each.hubspotDefined === true));
    const updated = await properties.coreApi.update('contacts', 'node_score', { label: 'MQL score' });
    assert.equal(updated.label, 'MQL score');
    const again = await refused(() => properties.coreApi.create('contacts', {
      name: 'node_score', label: 'Score', type: 'number', fieldType: 'number', groupName: 'node_mql',
    }));
    assert.equal(again.code, 409);
    assert.equal(again.body.category, 'OBJECT_ALREADY_EXISTS');
    assert.equal(again.body.subCategory, 'Properties.PROPERTY_WITH_NAME_EXISTS');
    const missing = await refused(() => properties.coreApi.getByName('contacts', 'nowhere'));
    assert.equal(missing.code, 404);
    assert.equal(missing.body.category, 'OBJECT_NOT_FOUND');
  },

  async 'properties: batches'() {
    const level = {
      name: 'node_level', label: 'Level', type: 'enumeration', fieldType: 'select', groupName: 'node_mql',
      options: [{ label: 'Hot', value: 'hot', displayOrder: 0, hidden: false }],
    };
    const created = await properties.batchApi.create('contacts', { inputs: [level] });
    assert.equal(created.status, 'COMPLETE');
    assert.deepEqual(created.results[0].options.map((option) => option.value), ['hot']);
    const partial = await properties.batchApi.create('contacts', { inputs: [level, { ...level, name: 'node_level_2' }] });
    assert.equal(partial.numErrors, 1);
    assert.equal(partial.errors[0].category, 'OBJECT_ALREADY_EXISTS');
    assert.equal(partial.results[0].name, 'node_level_2');
    const read = await properties.batchApi.read('contacts', { archived: false, inputs: [{ name: 'node_level' }] });
    assert.equal(read.results[0].type, 'enumeration');
    await properties.batchApi.archive('contacts', { inputs: [{ name: 'node_level_2' }] });
    assert.equal((await refused(() => properties.coreApi.getByName('contacts', 'node_level_2'))).code, 404);
  },

  async 'contacts: create, read, update, archive'() {
    const created = await contacts.basicApi.create({ properties: { email: 'Node@Client.example', firstname: 'Ada' }, associations: [] });
    assert.match(created.id, /^\d+$/);
    assert.equal(created.properties.email, 'node@client.example');
    assert.ok(created.createdAt instanceof Date && !Number.isNaN(created.createdAt.getTime()));
    assert.equal(created.archived, false);
    const read = await contacts.basicApi.getById(created.id, ['firstname', 'lastname', 'no_such_name']);
    assert.equal(read.properties.firstname, 'Ada');
    assert.equal(read.properties.lastname, null);
    assert.ok(!('no_such_name' in read.properties));
    const byMail = await contacts.basicApi.getById('node@client.example', ['email'], undefined, undefined, false, 'email');
    assert.equal(byMail.id, created.id);
    const updated = await contacts.basicApi.update(created.id, { properties: { node_score: '41' } });
    assert.equal(updated.properties.node_score, '41');
    const history = await contacts.basicApi.getById(created.id, undefined, ['node_score']);
    assert.equal(history.propertiesWithHistory.node_score[0].value, '41');
    assert.ok(history.propertiesWithHistory.node_score[0].timestamp instanceof Date);
    const conflict = await refused(() => contacts.basicApi.create({ properties: { email: 'node@client.example' }, associations: [] }));
    assert.equal(conflict.code, 409);
    assert.equal(conflict.body.category, 'CONFLICT');
    assert.equal(conflict.body.message, `Contact already exists. Existing ID: ${created.id}`);
    await contacts.basicApi.archive(created.id);
    assert.equal((await refused(() => contacts.basicApi.getById(created.id))).code, 404);
  },

  async 'contacts: batches'() {
    const inputs = ['a', 'b', 'c'].map((name) => ({ properties: { email: `${name}@node.example` }, associations: [], objectWriteTraceId: name }));
    const created = await contacts.batchApi.create({ inputs });
    assert.equal(created.status, 'COMPLETE');
    assert.equal(created.results.length, 3);
    assert.ok(created.startedAt instanceof Date && created.completedAt instanceof Date);
    const ids = Object.fromEntries(created.results.map((each) => [each.properties.email, each.id]));
    const updated = await contacts.batchApi.update({
      inputs: Object.values(ids).map((id) => ({ id, properties: { node_score: '7' } })),
    });
    assert.ok(updated.results.every((each) => each.properties.node_score === '7'));
    const read = await contacts.batchApi.read({
      idProperty: 'email', properties: ['email', 'node_score'], propertiesWithHistory: [],
      inputs: [{ id: 'a@node.example' }, { id: 'nobody@node.example' }],
    });
    assert.deepEqual(read.results.map((each) => each.id), [ids['a@node.example']]);
    assert.equal(read.numErrors, 1);
    assert.equal(read.errors[0].category, 'OBJECT_NOT_FOUND');
    assert.deepEqual(read.errors[0].context.ids, ['nobody@node.example']);
    const upserted = await contacts.batchApi.upsert({
      inputs: ['a', 'd'].map((name) => ({
        id: `${name}@node.example`, idProperty: 'email', objectWriteTraceId: name, properties: { node_level: 'hot' },
      })),
    });
    const fresh = Object.fromEntries(upserted.results.map((each) => [each.id, each._new]));
    assert.equal(fresh[ids['a@node.example']], false);
    assert.equal(Object.values(fresh).filter(Boolean).length, 1);
    const partial = await contacts.batchApi.upsert({
      inputs: [
        { id: 'a@node.example', idProperty: 'email', objectWriteTraceId: 'good', properties: { node_score: '8' } },
        { id: 'b@node.example', idProperty: 'email', objectWriteTraceId: 'bad', properties: { node_score: 'many' } },
      ],
    });
    assert.equal(partial.results.length, 1);
    assert.equal(partial.numErrors, 1);
    assert.deepEqual(partial.errors[0].context.objectWriteTraceId, ['bad']);
    await contacts.batchApi.archive({ inputs: Object.values(ids).map((id) => ({ id })) });
    const gone = await contacts.batchApi.read({ properties: [], propertiesWithHistory: [], inputs: [{ id: ids['b@node.example'] }] });
    assert.equal(gone.results.length, 0);
  },

  async 'contacts: search and list'() {
    for (const name of ['x', 'y']) {
      await contacts.basicApi.create({ properties: { email: `${name}@search.example`, node_score: name === 'x' ? '10' : '20' }, associations: [] });
    }
    const found = await contacts.searchApi.doSearch({
      filterGroups: [{ filters: [{ propertyName: 'node_score', operator: 'GTE', value: '10' }, { propertyName: 'email', operator: 'CONTAINS_TOKEN', value: '*@search.example' }] }],
      sorts: ['node_score'], properties: ['email', 'node_score'], limit: 1, after: '0',
    });
    assert.equal(found.total, 2);
    assert.equal(found.results[0].properties.email, 'x@search.example');
    assert.equal(found.paging.next.after, '1');
    const next = await contacts.searchApi.doSearch({
      filterGroups: [{ filters: [{ propertyName: 'email', operator: 'CONTAINS_TOKEN', value: '*@search.example' }] }],
      sorts: ['-node_score'], properties: ['email'], limit: 10, after: '0',
    });
    assert.deepEqual(next.results.map((each) => each.properties.email), ['y@search.example', 'x@search.example']);
    const page = await contacts.basicApi.getPage(1, undefined, ['email']);
    assert.equal(page.results.length, 1);
    const second = await contacts.basicApi.getPage(1, page.paging.next.after, ['email']);
    assert.notEqual(second.results[0].id, page.results[0].id);
    assert.ok((await contacts.getAll(100)).length >= 2);
  },

  async 'errors: bad value, duplicates, too many, no such contact, wrong token'() {
    const bad = await refused(() => contacts.basicApi.create({ properties: { email: 'not an address' }, associations: [] }));
    assert.equal(bad.code, 400);
    assert.equal(bad.body.category, 'VALIDATION_ERROR');
    assert.ok(bad.body.correlationId);
    const listed = JSON.parse(bad.body.message.slice(bad.body.message.indexOf('[')));
    assert.equal(listed[0].error, 'INVALID_EMAIL');
    const unknown = await refused(() => contacts.basicApi.create({ properties: { no_such_name: '1' }, associations: [] }));
    assert.match(unknown.body.message, /PROPERTY_DOESNT_EXIST/);
    const twice = { id: 'x@search.example', idProperty: 'email', properties: {} };
    const duplicates = await refused(() => contacts.batchApi.upsert({ inputs: [twice, twice] }));
    assert.equal(duplicates.code, 400);
    assert.match(duplicates.body.message, /^Duplicate IDs found in batch input/);
    const many = await refused(() => contacts.batchApi.read({
      properties: [], propertiesWithHistory: [], inputs: Array.from({ length: 101 }, (_, i) => ({ id: String(i) })),
    }));
    assert.equal(many.code, 400);
    assert.equal((await refused(() => contacts.basicApi.getById('999999999'))).code, 404);
    const stranger = new Client({ accessToken: 'wrong', basePath: process.argv[2], numberOfApiRequestRetries: 0 });
    const denied = await refused(() => stranger.crm.contacts.basicApi.getPage(1));
    assert.equal(denied.code, 401);
    assert.equal(denied.body.category, 'INVALID_AUTHENTICATION');
  },
};

(async () => {
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`  ok      ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`  FAILED  ${name}`);
      console.log(`          ${error instanceof assert.AssertionError ? error.message : error.stack}`);
    }
  }
  process.exit(failed === 0 ? 0 : 1);
})();
