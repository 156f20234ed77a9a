/** ISO 3166-1: each alpha-3 code followed by its alpha-2 code. */
const ISO_3166 =
  'ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI ' +
  'BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT ' +
  'BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU ' +
  'CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET ' +
  'FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR ' +
  'GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR ' +
  'IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB ' +
  'LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH ' +
  'MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE ' +
  'NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL ' +
  'PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ ' +
  'SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC ' +
  'TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY ' +
  'USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW'

/**
 * Issuing states of ICAO 9303-3, 5, that ISO 3166 does not list or whose certificates bear another country: Germany's
 * single letter, the kinds of British nationals, organisations, Kosovo, the regions of China, the specimens' Utopia,
 * and codes that were withdrawn while documents bore them (East Timor, the Antilles, Romania, Serbia and Montenegro,
 * Zaire).
 */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  ANT: ['AN', 'NL'],
  D: ['DE'],
  CHN: ['CN', 'HK', 'MO'],
  GBD: ['GB'],
  GBN: ['GB'],
  GBO: ['GB'],
  GBP: ['GB'],
  GBS: ['GB'],
  EUE: ['EU'],
  UNO: ['UN'],
  UNA: ['UN'],
  UNK: ['UN'],
  RKS: ['KS', 'XK'],
  ROM: ['RO'],
  SCG: ['CS', 'RS', 'ME'],
  TMP: ['TL', 'TP'],
  XBA: ['XB'],
  XCC: ['XC'],
  XCE: ['XC'],
  XCO: ['XC'],
  XDC: ['XD'],
  XEC: ['XE'],
  XES: ['XE'],
  XIM: ['XI'],
  XMP: ['XM'],
  XOM: ['XO', 'XM'],
  XPO: ['XP'],
  UTO: ['UT'],
  XKX: ['XK', 'KS'],
  ZAR: ['CD', 'ZR'],
}

const ISO_BY_STATE = new Map(ISO_3166.split(' ').map((pair) => [pair.slice(0, 3), pair.slice(3)]))

/**
 * The countries (C, two letters: ISO 3166-1) that certificates of an issuing state (ICAO 9303-3, 5) may bear; empty for
 * a code that no state has. `issuingState` is the MRZ's code without fillers.
 */
export function certificateCountries(issuingState: string): readonly string[] {
  const iso = ISO_BY_STATE.get(issuingState)
  return OTHERS[issuingState] ?? (iso ? [iso] : [])
}
