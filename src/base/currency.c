/*
 * The currencies of ISO 4217 list one (published 2024-06-25) by their number
 * of decimals. Metals, funds codes without decimals and test codes are left
 * out: nobody invoices in them.
 */
#include <string.h>

#include "base/money.h"

static const char *const by_decimals[] = {
	[0] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF "
	      "XOF XPF ",
	[1] = "",
	[2] = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD "
	      "BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY "
	      "COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD "
	      "FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR "
	      "IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL "
	      "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN "
	      "NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR "
	      "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB "
	      "TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST "
	      "XCD YER ZAR ZMW ZWG ",
	[3] = "BHD IQD JOD KWD LYD OMR TND ",
	[4] = "CLF UYW ",
};

int
currency_decimals(const char *code)
{
	int n = (int)(sizeof(by_decimals) / sizeof(by_decimals[0]));

	if (strlen(code) != 3)
		return -1;
	for (int d = 0; d < n; d++) {
		const char *at = strstr(by_decimals[d], code);

		if (at != NULL && (at - by_decimals[d]) % 4 == 0)
			return d;
	}
	return -1;
}
