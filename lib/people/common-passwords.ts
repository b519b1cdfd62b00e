/**
 * What attackers try first, as far as it reaches our 15 characters: alone, or with digits and signs round it
 * ("password" + "12345678!"). Lower case.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `password passwords passwordpassword passw qwerty qwertyuiop qwertyuiopasdf qwertyuiopasdfgh qwertyuiopasdfghjkl
   qwertyuiopasdfghjklzxcvbnm asdfghjkl asdfghjklqwertyuiop zxcvbnm zxcvbnmasdfghjkl letmein letmeinplease iloveyou
   iloveyouforever welcome welcomewelcome welcomeback admin administrator administration superadmin root rootroot
   changeme changemeplease changemenow default guest login master masterpassword monkey dragon football baseball
   basketball princess sunshine superman batman trustno trustnoone whatever secret secretpassword mypassword
   mypasswordis thisismypassword thisisapassword thisisasecret ilovemyself ilovemydog computer internet samsung
   google michael jordan jennifer ashley charlie shadow starwars mustang access flower summer winter spring autumn
   november december january february correcthorsebatterystaple correcthorsebattery troubador
   abcdefghijklmno abcdefghijklmnop abcdefghijklmnopqrstuvwxyz aaaaaaaaaaaaaaa qazwsxedcrfvtgb qazwsxedcrfvtgbyhn
   onetwothreefour onetwothreefourfive testtesttesttest testpassword test tester testing demo demodemo sample example
   counterfoil counterfoilcounterfoil xero xeroxero xeropassword accountant accountants bookkeeper bookkeeping invoice
   invoices payment payments company companyname business`.split(/\s+/),
);
