/** Words so common that they say little about what a text is about, by language. */
export type StopWordList = 'none' | 'english' | 'german' | 'french' | 'spanish' | 'portuguese' | 'italian';

const split = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

const LISTS: Record<StopWordList, ReadonlySet<string>> = {
  none: new Set(),
  english: split(`
    about above after again against all also am an and any are aren as at be because been before being below between both but by can cannot could couldn
    did didn do does doesn doing don down during each few for from further had hadn has hasn have haven having he her here hers herself him himself his how
    if in into is isn it its itself just ll me more most my myself no nor not now of off on once only or other our ours ourselves out over own re same she
    should shouldn so some such than that the their theirs them themselves then there these they this those through to too under until up us ve very was
    wasn we were weren what when where which while who whom why will with won would wouldn you your yours yourself yourselves`),
  german: split(`
    aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei bin bis bist da damit dann das dass dein deine dem den denn der
    des dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch euer für gegen hab habe
    haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ist ja jede jedem jeden jeder jedes jene jetzt kann kein keine
    man mein meine meinem meinen meiner mich mir mit muss nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner selbst sich sie
    sind so solche soll über um und uns unser unter viel vom von vor war waren warst was weg weil weiter welche welchem welchen welcher wenn werde werden
    wie wieder will wir wird wirst wo wollen zu zum zur zwar zwischen`),
  french: split(`
    ai aie ainsi alors as au aucun aussi autre aux avais avait avec avez avoir avons bien ce cela ces cet cette ceux chez comme dans de des donc dont du elle
    elles en encore es est et été êtes étais était être eu eux il ils je la le les leur leurs lui ma mais me même mes moi mon ne ni nos notre nous on ont ou
    où par pas peu plus pour qu quand que quel quelle qui sa sans se ses si son sont sous suis sur ta te tes toi ton tous tout toute très tu un une vos votre
    vous`),
  spanish: split(`
    al algo ante antes como con contra cual cuando de del desde donde durante el ella ellas ellos en entre era eran es esa esas ese eso esos esta estas este
    esto estos está están fue ha han hasta hay la las le les lo los me mi mis mucho muy más ni no nos nosotros nuestra nuestro o os otra otro para pero poco
    por porque que quien qué se ser si sin sobre son soy su sus sí también tan te tengo ti tiene todo todos tu tus tú un una uno unos vosotros y ya yo él`),
  portuguese: split(`
    ao aos aquela aquele as até com como da das de dela dele depois do dos ela elas ele eles em entre era essa esse esta este eu foi isso isto já lhe mais
    mas me mesmo meu minha muito na nas nem no nos nossa nosso não nós num numa os ou para pela pelas pelo pelos por qual quando que quem se sem ser seu seus
    só sua suas são também te tem teu tua tudo um uma você vocês à às é está`),
  italian: split(`
    agli ai al alla alle allo anche avere aveva che chi ci come con contro cui da dagli dai dal dalla dalle dallo degli dei del della delle dello di dove e
    ed era essere fra gli ha hai hanno ho il in io la le lei li lo loro lui ma mi mia mie miei mio ne negli nei nel nella nelle nello noi non nostra nostro o
    per perché però più quale quando quella quello questa questo qui se sei si sia siamo sono sta stata stato su sua sue sui sul sulla suo suoi ti tra tu tua
    tuo un una uno vi voi è`),
};

/** @throws never; an unknown name cannot be passed */
export const stopWordsOf = (list: StopWordList): ReadonlySet<string> => LISTS[list];
export const STOP_WORD_LISTS = Object.keys(LISTS) as StopWordList[];
