<#macro emailLayout>
<!DOCTYPE html>
<html lang="${locale.language}">
<body>
<!-- bare -->
<img src="${url.resourcesUrl}/icon.svg" alt="">
<#nested>
</body>
</html>
</#macro>
