import fc from 'fast-check';
import t from 'tap';
import { agencyFrom, type Agency, type AgencyInput } from '../../src/domain/agency.ts';
import { recogniseAgency, type KnownName } from '../../src/domain/agency-name.ts';
import { normalForm } from '../../src/documents/reading/normal-form.ts';

const known = namesOf({
  office: { name: '舞阳县人民政府办公室', kind: 'office' },
  government: { name: '舞阳县人民政府', kind: 'government' },
  planning: { name: '沭阳县发展和改革局' },
  justice: { name: '沭阳县司法局' },
  education: { name: '沭阳县教育局' },
  science: { name: '上海市科学技术委员会' },
  schools: { name: '上海市教育委员会' },
  association: { name: '上海市科协' },
  merged: { name: '示例县旧局', activeTo: '2020-06-30' },
  founded: { name: '示例县新局', activeFrom: '2020-07-01' },
});

function namesOf(agencies: Readonly<Record<string, Partial<AgencyInput> & { name: string }>>): KnownName[] {
  return Object.entries(agencies).map(([id, input]) => {
    const agency: Agency = agencyFrom(id, { level: 'county', kind: 'department', ...input });
    return { agency, spelling: normalForm(agency.name) };
  });
}

const recognise = (name: string, year?: number) => recogniseAgency(normalForm(name), known, year);

await t.test('the very name of one agency is certain, however it is spelled', async (t) => {
  for (const name of [
    '舞阳县人民政府办公室',
    ' 舞阳县 人民政府\n办公室 ',
    '舞陽縣人民政府辦公室',
    '舞阳县⼈⺠政府办公室',
  ]) {
    t.equal(recognise(name).agency?.id, 'office', name);
    t.same(recognise(name).candidates, []);
  }
});

await t.test('a short form is never certain, but its agency is the likeliest', async (t) => {
  const expected = {
    县政府办公室: 'office',
    舞阳县政府办: 'office',
    河南省漯河市舞阳县人民政府办公室: 'office',
    县政府: 'government',
    沭阳县发改局: 'planning',
    上海市科委: 'science',
    上海市教委: 'schools',
  };
  for (const [name, id] of Object.entries(expected)) {
    const { agency, candidates } = recognise(name);
    t.equal(agency, undefined);
    t.equal(candidates[0]?.agencyId, id, `${name}: ${JSON.stringify(candidates)}`);
  }
});

await t.test('a name that is nobody’s has no candidates, nor has none', async (t) => {
  for (const name of ['', '，。', '示范区供电公司']) t.same(recognise(name), { candidates: [] }, name);
});

await t.test('two agencies of one name are not told apart', async (t) => {
  const twins = namesOf({ east: { name: '城关镇人民政府' }, west: { name: '城关镇人民政府' } });
  const { agency, candidates } = recogniseAgency('城关镇人民政府', twins, 2021);
  t.equal(agency, undefined);
  t.same(
    candidates.map(({ agencyId, score }) => ({ agencyId, score })),
    [
      { agencyId: 'east', score: 1 },
      { agencyId: 'west', score: 1 },
    ],
  );
});

await t.test('who reports for a year is who exists at its end', async (t) => {
  t.equal(recognise('示例县旧局', 2019).agency?.id, 'merged');
  t.equal(recognise('示例县旧局', 2020).agency, undefined);
  t.equal(recognise('示例县旧局', 2020).candidates[0]?.agencyId, 'merged', 'but it is told of');
  t.equal(recognise('示例县新局', 2020).agency?.id, 'founded');
  t.equal(recognise('示例县新局').agency?.id, 'founded', 'whatever the year may be');
});

await t.test('at most five candidates, the likeliest first, each with a score from 0 to 1', async (t) => {
  const character = fc.constantFrom(...'示例县市人民政府办公室教育局发改委');
  const name = fc.string({ unit: character, maxLength: 12 });
  fc.assert(
    fc.property(name, fc.array(name, { maxLength: 12 }), (sought, names) => {
      const all = namesOf(Object.fromEntries(names.map((one, place) => [`a${place}`, { name: one }])));
      const { agency, candidates } = recogniseAgency(sought, all, undefined);
      const scores = candidates.map(({ score }) => score);
      if (agency) return agency.name === sought && names.filter((one) => one === sought).length === 1;
      return (
        scores.length <= 5 &&
        scores.every((score) => score > 0 && score <= 1) &&
        scores.every((score, place) => score <= (scores[place - 1] ?? 1))
      );
    }),
  );
  t.pass();
});
