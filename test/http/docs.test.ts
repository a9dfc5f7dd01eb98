import t from 'tap';
import { testApp } from '../support/app.ts';

await t.test('Swagger UI has everything it needs on this host', async (t) => {
  const { anonymous } = await testApp(t);
  const page = await anonymous('GET', '/docs/');
  t.equal(page.statusCode, 200);
  const references = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => url);
  t.ok(references.length >= 5);
  for (const url of references) {
    t.notMatch(url, /^(https?:)?\/\//, `${url} is on this host`);
    t.equal((await anonymous('GET', new URL(url, 'http://host/docs/').pathname)).statusCode, 200, url);
  }
  t.match(page.headers['content-security-policy'], /default-src 'self'/, 'the browser would refuse anything else');
});

await t.test('the document is served as JSON and as YAML', async (t) => {
  const { anonymous } = await testApp(t);
  t.match((await anonymous('GET', '/openapi.json')).json(), { openapi: '3.1.0' });
  const yaml = await anonymous('GET', '/openapi.yaml');
  t.match(yaml.headers['content-type'], /yaml/);
  t.match(yaml.body, /^openapi: 3\.1\.0/);
});
