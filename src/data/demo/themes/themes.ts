import { busStopCrush } from './bus-stop-crush';
import { catsInCharge } from './cats-in-charge';
import { gardenRevenge } from './garden-revenge';
import { gymRegrets } from './gym-regrets';
import { kitchenGossip } from './kitchen-gossip';
import { moneyTrouble } from './money-trouble';
import { mountainLost } from './mountain-lost';
import { nightDriving } from './night-driving';
import { officeShanties } from './office-shanties';
import { rainySunday } from './rainy-sunday';
import { robotFeelings } from './robot-feelings';
import { spaceLoneliness } from './space-loneliness';
import { tenantGhosts } from './tenant-ghosts';
import type { Theme } from './theme';
import { weddingDisco } from './wedding-disco';

/** K themes; a song's mixture and a user's taste are vectors in this order. */
export const THEMES: readonly Theme[] = [
  nightDriving, kitchenGossip, officeShanties, rainySunday, spaceLoneliness, gymRegrets, catsInCharge,
  gardenRevenge, tenantGhosts, busStopCrush, robotFeelings, weddingDisco, moneyTrouble, mountainLost,
];
