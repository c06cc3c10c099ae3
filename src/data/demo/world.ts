/**
 * The latent world, before any play: what songs are about, what listeners like, when things appear.
 * U users, I items (songs), K themes. Equations in README.md.
 */
import type { Random } from '../../core/random';
import { pick, pickSome } from './grammar';
import { nameArtists, nameListeners } from './names';
import type { SongThemes } from './writer';
import type { Theme } from './themes/theme';

export interface WorldSpec {
  seed: number;
  users: number;
  items: number;
  /** Rows of (user, item); a row may stand for several plays. */
  interactions: number;
  artists: number;
  /** How strongly taste decides, in nats per unit of ⟨taste, mixture⟩. */
  sharpness: number;
  /** Standard deviation of a song's log-popularity. */
  popularitySpread: number;
  /** Share of songs that arrive in the last `lateDays` days. */
  lateShare: number;
  lateDays: number;
  /** Share of listeners who follow new releases; the others keep to what they know. */
  explorers: number;
  /** Log-rate that newness adds for an explorer on the day of release … */
  curiosity: number;
  /** … and takes for the others. */
  caution: number;
  /** Newness fades with this time constant. */
  freshDays: number;
}
export const DEMO: WorldSpec = {
  seed: 2026, users: 1200, items: 900, interactions: 60_000, artists: 240,
  sharpness: 18.5, popularitySpread: 1.7, lateShare: 0.4, lateDays: 30, explorers: 0.5, curiosity: 2.5, caution: 4, freshDays: 20,
};

export const DAY = 86_400;
/** The world runs for two years: [START, END) in seconds since 1970, 1 January 2024 to 1 January 2026. */
const START = Date.UTC(2024, 0, 1) / 1000;
export const END = Date.UTC(2026, 0, 1) / 1000;

export interface Song extends SongThemes {
  /** [K], sums to 1. */
  mixture: Float64Array;
  logPopularity: number;
  artist: number;
  tag: string;
  /** Seconds since 1970; before START for the back catalogue. */
  released: number;
}
/** 1 on the day of release, fading to 0: exp(−age / freshDays). */
export const freshnessAt = (spec: WorldSpec, song: Song, time: number): number => Math.exp((song.released - time) / (spec.freshDays * DAY));

export interface Artist {
  name: string;
  country: string;
  home: number;
}
export interface Listener {
  name: string;
  country: string;
  ageGroup: string;
  /** [K], sums to 1. */
  taste: Float64Array;
  /** Weight of a song's log-popularity. */
  mainstream: number;
  /** Weight of a song's freshness: above 0 for explorers, below for the others. */
  curiosity: number;
  joined: number;
  /** Time of the last play. */
  last: number;
  /** Rows to draw. */
  rows: number;
}
export interface World {
  spec: WorldSpec;
  themes: readonly string[];
  artists: Artist[];
  songs: Song[];
  listeners: Listener[];
}

const COUNTRIES = ['Brazil', 'Canada', 'Finland', 'Italy', 'Japan', 'Kenya', 'New Zealand', 'Portugal'] as const;
const COUNTRY_SHARES = [0.24, 0.19, 0.15, 0.13, 0.11, 0.08, 0.06, 0.04];
const AGE_GROUPS = ['16-24', '25-39', '40-59', '60+'] as const;
const AGE_SHARES = [0.3, 0.36, 0.24, 0.1];

function draw<T>(list: readonly T[], shares: readonly number[], random: Random): T {
  let x = random.next() * shares.reduce((a, b) => a + b, 0);
  for (let k = 0; k < list.length; k++) {
    x -= shares[k]!;
    if (x < 0) return list[k]!;
  }
  return list[list.length - 1]!;
}

function normalised(v: Float64Array): Float64Array {
  const sum = v.reduce((a, b) => a + b, 0);
  return v.map((x) => x / sum);
}

function makeSongs(spec: WorldSpec, themes: readonly Theme[], artists: readonly Artist[], random: Random): Song[] {
  const K = themes.length;
  const tags = [...new Set(themes.flatMap((t) => t.tags))].sort();
  const artistFame = artists.map(() => random.normal());
  return Array.from({ length: spec.items }, () => {
    const artist = random.int(artists.length);
    const main = random.next() < 0.3 ? artists[artist]!.home : random.int(K);
    const second = (main + 1 + random.int(K - 1)) % K;
    const mainShare = 0.52 + 0.24 * random.next();
    const mixture = new Float64Array(K).fill(0.05 / K);
    mixture[main]! += 0.95 * mainShare;
    mixture[second]! += 0.95 * (1 - mainShare);
    const tag = random.next() < 0.35 ? pick(themes[main]!.tags, random) : pick(tags, random);
    const when = random.next();
    const lateStart = END - spec.lateDays * DAY;
    const backCatalogue = (1 - spec.lateShare) * 0.6;
    const released =
      when < backCatalogue
        ? START - DAY * 365 * 30 * random.next() ** 2
        : when < 1 - spec.lateShare
          ? START + (lateStart - START) * random.next()
          : lateStart + (END - 2 * DAY - lateStart) * random.next();
    const fame = Math.max(-1.5, spec.popularitySpread * (0.4 * artistFame[artist]! + Math.sqrt(1 - 0.16) * random.normal()));
    // New songs are neither hits nor flops yet.
    const logPopularity = released > lateStart ? 0.5 * fame : fame;
    return { main, second, mainShare, mixture, logPopularity, artist, tag, released: Math.floor(released / DAY) * DAY };
  });
}

function makeListeners(spec: WorldSpec, K: number, random: Random): Listener[] {
  // Which countries and ages lean to which themes is drawn, not believed.
  const lean = (count: number, spread: number) => Array.from({ length: count }, () => Float64Array.from({ length: K }, () => Math.exp(spread * random.normal())));
  const countryLean = lean(COUNTRIES.length, 0.8);
  const ageLean = lean(AGE_GROUPS.length, 0.5);
  const names = nameListeners(spec.users, random.stream('names'));
  const raw = names.map((name) => {
    const country = draw(COUNTRIES, COUNTRY_SHARES, random);
    const ageGroup = draw(AGE_GROUPS, AGE_SHARES, random);
    const weights = countryLean[COUNTRIES.indexOf(country)]!.map((w, k) => w * ageLean[AGE_GROUPS.indexOf(ageGroup)]![k]!);
    const taste = new Float64Array(K).fill(0.1 / K);
    const left = Array.from({ length: K }, (_, k) => k);
    for (const share of [0.45, 0.27, 0.18]) {
      const k = draw(left, left.map((j) => weights[j]!), random);
      left.splice(left.indexOf(k), 1);
      taste[k]! += share * (0.8 + 0.4 * random.next());
    }
    const joined = START + (END - START) * 0.75 * random.next() ** 2; // most join early
    const last = END - 3600 - Math.min(40, -4 * Math.log(1 - random.next())) * DAY;
    const activity = Math.exp(0.55 * random.normal());
    const explorer = random.next() < spec.explorers;
    const mainstream = (explorer ? 0.6 : 1.2) + 0.1 * random.normal();
    const curiosity = (explorer ? spec.curiosity : -spec.caution) + 0.3 * random.normal();
    return { name, country, ageGroup, taste: normalised(taste), mainstream, curiosity, joined, last, activity };
  });
  const total = raw.reduce((sum, r) => sum + r.activity, 0);
  const rows = raw.map((r) => Math.min(220, Math.max(12, Math.round((spec.interactions * r.activity) / total))));
  // What clamping and rounding added or took is given back one row at a time.
  for (let diff = spec.interactions - rows.reduce((a, b) => a + b, 0); diff !== 0; ) {
    const u = random.int(rows.length);
    const step = Math.sign(diff);
    if (rows[u]! + step < 12 || rows[u]! + step > 220) continue;
    rows[u]! += step;
    diff -= step;
  }
  return raw.map((r, u) => ({ name: r.name, country: r.country, ageGroup: r.ageGroup, taste: r.taste, mainstream: r.mainstream, curiosity: r.curiosity, joined: r.joined, last: r.last, rows: rows[u]! }));
}

export function makeWorld(spec: WorldSpec, themes: readonly Theme[], random: Random): World {
  const artistRandom = random.stream('artists');
  const artists = nameArtists(spec.artists, artistRandom).map((name) => ({
    name,
    country: pickSome(COUNTRIES, 1, artistRandom)[0]!,
    home: artistRandom.int(themes.length),
  }));
  return {
    spec,
    themes: themes.map((t) => t.id),
    artists,
    songs: makeSongs(spec, themes, artists, random.stream('songs')),
    listeners: makeListeners(spec, themes.length, random.stream('listeners')),
  };
}
