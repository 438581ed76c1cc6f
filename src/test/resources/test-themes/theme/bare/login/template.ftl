<#-- A theme of one's own: no macros but this one, no inline script or style, no classes. -->
<#macro registrationLayout bodyClass="" displayInfo=false displayMessage=true displayRequiredFields=false>
<!DOCTYPE html>
<html lang="${(locale.currentLanguageTag)!'en'}">
<head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="${url.resourcesPath}/icon.svg">
    <title>${realm.name}</title>
</head>
<body>
<h1><#nested "header"></h1>
<#if displayMessage && message?has_content>
    <p role="alert">${kcSanitize(message.summary)?no_esc}</p>
</#if>
<main><#nested "form"></main>
<#if auth?has_content && auth.showTryAnotherWayLink()>
    <form action="${url.loginAction}" method="post">
        <button type="submit" name="tryAnotherWay" value="on">${msg("doTryAnotherWay")}</button>
    </form>
</#if>
</body>
</html>
</#macro>
